import { existsSync, readFileSync } from 'node:fs';

/** The faces a page is set in; `symbols` stands in for characters the others lack. */
export type FaceName = 'light' | 'regular' | 'italic' | 'bold' | 'boldItalic' | 'mono' | 'symbols';

const FILES: Record<FaceName, string> = {
  light: 'IBMPlexSans-Light.ttf',
  regular: 'IBMPlexSans-Regular.ttf',
  italic: 'IBMPlexSans-Italic.ttf',
  bold: 'IBMPlexSans-SemiBold.ttf',
  boldItalic: 'IBMPlexSans-SemiBoldItalic.ttf',
  mono: 'IBMPlexMono-Regular.ttf',
  symbols: 'DejaVuSans.ttf',
};

export const FACES = Object.keys(FILES) as FaceName[];
/** The file of prepared kerning, face after face. */
export const KERNING = 'kerning.bin';

const loaded = new Map<string, Uint8Array>();

/** Reads a font file, once a process. */
export function fonts(face: FaceName): Uint8Array {
  return asset(FILES[face]);
}

/** The kerning of a face as it was prepared when demarc was built; run from source there is none. */
export function preparedKerningOf(face: FaceName): DataView | undefined {
  const bytes = found(KERNING);
  if (!bytes) return undefined;
  const size = bytes.length / FACES.length;
  return new DataView(bytes.buffer, bytes.byteOffset + FACES.indexOf(face) * size, size);
}

/** The color profile that says what our red, green and blue are. */
export function colorProfile(): Uint8Array {
  return asset('sRGB.icc');
}

function asset(file: string): Uint8Array {
  const bytes = found(file);
  if (!bytes) throw new Error(`font file ${file} is not installed beside the program`);
  return bytes;
}

/** The files lie beside the bundle when installed and at the root of the tree when run from source. */
function found(file: string): Uint8Array | undefined {
  const known = loaded.get(file);
  if (known) return known;
  for (const folder of ['../fonts/', '../../fonts/', '../../../fonts/', './fonts/']) {
    const url = new URL(folder + file, import.meta.url);
    if (!existsSync(url)) continue;
    const read = readFileSync(url);
    // A plain array of bytes: a slice of it is a copy, where that of a Buffer is not.
    const bytes = new Uint8Array(read.buffer, read.byteOffset, read.length);
    loaded.set(file, bytes);
    return bytes;
  }
  return undefined;
}

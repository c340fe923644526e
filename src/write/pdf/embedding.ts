import type { Container } from './container.ts';
import { fontProgram } from './font-program.ts';
import type { FontFile } from './truetype.ts';

/** The glyphs of a font that stand on pages, by their codes. */
export interface UsedGlyphs {
  glyphs: number[];
  /** Advances in thousandths of the type size. */
  widths: number[];
  /** The characters each code is copied as. */
  meanings: number[][];
}

const SYMBOLIC = 4;
const FIXED_PITCH = 1;
const ITALIC = 64;
const PER_RANGE = 256;

/** Writes a font with the glyphs that are used, and what they mean; the object number of the font. */
export function embedFont(container: Container, font: FontFile, key: string, used: UsedGlyphs): number {
  const facts = font.facts();
  const scale = 1000 / font.unitsPerEm;
  const name = `/${tagOf(key)}+${facts.name}`;
  const program = container.reserve();
  const bytes = fontProgram(font, [...used.glyphs]);
  container.stream(program, `/Length1 ${bytes.length}`, bytes);
  const flags = SYMBOLIC | (facts.isFixedPitch ? FIXED_PITCH : 0) | (facts.italicAngle === 0 ? 0 : ITALIC);
  const descriptor = container.add(
    `<</Type/FontDescriptor/FontName${name}/Flags ${flags}/FontBBox[${facts.box.map((v) => fine(v * scale)).join(' ')}]` +
      `/ItalicAngle ${fine(facts.italicAngle)}/Ascent ${fine(facts.ascent * scale)}/Descent ${fine(facts.descent * scale)}` +
      `/CapHeight ${fine(facts.capHeight * scale)}/XHeight ${fine(facts.xHeight * scale)}/StemV 0/FontFile2 ${program} 0 R>>`,
  );
  const descendant = container.add(
    `<</Type/Font/Subtype/CIDFontType2/BaseFont${name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>` +
      `/FontDescriptor ${descriptor} 0 R/W[0[${used.widths.map(fine).join(' ')}]]/CIDToGIDMap/Identity>>`,
  );
  const unicode = container.reserve();
  container.textStream(unicode, '', meaningsOf(used.meanings));
  return container.add(
    `<</Type/Font/Subtype/Type0/BaseFont${name}/Encoding/Identity-H/DescendantFonts[${descendant} 0 R]/ToUnicode ${unicode} 0 R>>`,
  );
}

/** The six letters before the name of a font that is not whole, another six for each font of a file. */
function tagOf(key: string): string {
  return Array.from({ length: 6 }, (_, i) => String.fromCharCode(65 + ((key.charCodeAt(i) || 73) % 26))).join('');
}

function fine(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** What each code is copied as, in the language PDF has for it. */
function meaningsOf(meanings: number[][]): string {
  const entries = meanings.map(
    (points) =>
      `<${Buffer.from(String.fromCodePoint(...points), 'utf16le')
        .swap16()
        .toString('hex')}>`,
  );
  const ranges: string[] = [];
  for (let from = 0; from < entries.length; from += PER_RANGE) {
    const some = entries.slice(from, from + PER_RANGE);
    ranges.push(`1 beginbfrange\n<${hex(from)}> <${hex(from + some.length - 1)}> [${some.join(' ')}]\nendbfrange`);
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${ranges.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
`;
}

function hex(code: number): string {
  return code.toString(16).padStart(4, '0');
}

import type { Document } from '../../document.ts';
import { UsageError } from '../../problem.ts';
import { Container } from './container.ts';
import type { Logo } from './cover.ts';
import { assemble } from './file.ts';
import { layOut } from './layout.ts';
import { hasMarks } from './marks.ts';
import { packAttachments } from './metadata.ts';
import type { Pdfkit } from './pdfkit.ts';
import { anchorsOf, type Setting } from './setting.ts';
import { ACCENT, accentOf } from './style.ts';
import { Tree } from './tree.ts';
import { Typesetter } from './typesetter.ts';

/** A finished file, and the characters that no font has, as `U+4E2D 中`: they are printed as boxes. */
export interface WrittenPdf {
  bytes: Uint8Array;
  missing: string[];
}

/** Lays a document out on pages and writes them as a tagged PDF (PDF/A-3a and PDF/UA-1). The same document gives the same bytes. */
export async function writePdf(document: Document, options: { logo?: Uint8Array } = {}): Promise<WrittenPdf> {
  const container = new Container();
  const known = anchorsOf(document);
  // Most documents have neither a logo nor marks, and loading pdfkit takes as long as a document of some forty pages.
  const pdfkit =
    options.logo || hasMarks({ ...document, attachments: [] })
      ? await import('./pdfkit.ts').then((m) => m.openPdfkit())
      : undefined;
  const setter = new Typesetter(pdfkit?.shaper);
  const setting: Setting = {
    setter,
    tree: new Tree(container),
    known,
    accent: accentOf(document.accent ?? ACCENT),
    places: new Map(),
    leads: (link) => (link.startsWith('#') ? known.has(link.slice(1)) : /^(https?:\/\/|mailto:)\S/i.test(link)),
  };
  const logo = options.logo && pdfkit && (await embedLogo(pdfkit, options.logo, container));
  const packed = packAttachments(document);
  const layout = layOut(setting, document, container, logo);
  const bytes = assemble(setting, document, layout, container, logo, await packed);
  return { bytes, missing: [...setter.missing].sort((a, b) => a - b).map(nameOf) };
}

/** @throws UsageError for a file that is no picture, or a broken one. */
async function embedLogo(pdfkit: Pdfkit, bytes: Uint8Array, container: Container): Promise<Logo> {
  try {
    return await pdfkit.embedImage(bytes, container);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new UsageError(`the logo cannot be used: ${cause}`, 'Give a PNG or JPEG file.');
  }
}

function nameOf(point: number): string {
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')} ${String.fromCodePoint(point)}`;
}

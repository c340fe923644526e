/**
 * Reads out of each font how far every two printable characters of ASCII are drawn together: nearly all pairs of a document, and to search
 * the tables of a font for each of them takes as long as some pages. A pair is one number of two bytes, in thousandths of the type size.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FACES, fonts, KERNING } from '../src/write/pdf/fonts.ts';
import { preparedKerning } from '../src/write/pdf/kerning.ts';
import { FontFile } from '../src/write/pdf/truetype.ts';

const folder = fileURLToPath(new URL('../dist/fonts/', import.meta.url));
writeFileSync(join(folder, KERNING), Buffer.concat(FACES.map((face) => preparedKerning(new FontFile(fonts(face))))));
console.log(`kerning of ${FACES.length} faces`);

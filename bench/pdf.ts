/** Time, pages a second and peak memory of the PDF writer: `node bench/pdf.ts [rows] [file]` (Node 24, or `npx tsx` on 20). */
import { writeFileSync } from 'node:fs';
import { resourceUsage } from 'node:process';
import { documentOf, matrix } from './pdf-document.ts';

const rows = Number(process.argv[2] ?? 5000);
const file = process.argv[3];
const document = documentOf([{ kind: 'heading', level: 1, text: 'Matrix' }, matrix(rows)], 'landscape');
const start = performance.now();
const { writePdf } = await import('../src/write/pdf/index.ts');
const { bytes, missing } = await writePdf(document);
const seconds = (performance.now() - start) / 1000;
if (file) writeFileSync(file, bytes);
const pages = (Buffer.from(bytes)
  .toString('latin1')
  .match(/\/Type\/Pages\/Count (\d+)/) ?? [])[1];
const peak = Math.round(resourceUsage().maxRSS / 1024);
console.log(
  `${rows} rows · ${pages} pages · ${seconds.toFixed(2)} s · ${Math.round(Number(pages) / seconds)} pages/s · ` +
    `${peak} MB peak · ${Math.round(bytes.length / 1024)} KB · missing ${missing.length}`,
);

/**
 * How well the layout of questionnaires is detected: each sheet of labelled workbooks, with the detector alone and with the shipped mappings.
 *
 *   npx tsx bench/questionnaires.ts [FOLDER LABELS]...
 *
 * Without arguments it reads `../shared/questionnaires` with the labels of the tests.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBook } from '../src/book/open.ts';
import { judge, type Labels } from '../test/questionnaires/judge.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const pairs =
  process.argv.length > 3
    ? process.argv.slice(2)
    : [join(root, '../shared/questionnaires'), join(root, 'test/questionnaires/labels.json')];

for (let at = 0; at + 1 < pairs.length; at += 2) {
  const [folder = '', labelFile = ''] = pairs.slice(at, at + 2);
  const labels = JSON.parse(readFileSync(labelFile, 'utf8')) as Labels;
  let right = 0;
  let sheets = 0;
  let asking = 0;
  let rightAsking = 0;
  for (const [file, labelled] of Object.entries(labels)) {
    if (!existsSync(join(folder, file))) continue;
    const start = performance.now();
    const book = openBook(readFileSync(join(folder, file)), file);
    const opened = performance.now();
    const judged = judge(book, file, labelled);
    console.log(`\n${file}  (open ${(opened - start).toFixed(0)} ms, detect ${(performance.now() - opened).toFixed(0)} ms)`);
    for (const one of judged) {
      sheets += 1;
      if (one.right) right += 1;
      if (one.asks) asking += 1;
      if (one.asks && one.right) rightAsking += 1;
      console.log(`  ${one.right ? 'ok   ' : 'WRONG'} ${one.line}`);
    }
  }
  console.log(`\n${folder}: ${right} of ${sheets} sheets right; of those with questions ${rightAsking} of ${asking}`);
}

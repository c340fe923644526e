/** The rows as a PDF by Typst's npm compiler binding: `node typst.mjs ROWS.json OUT.pdf FONTS`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const [, , input = '', output = '', fonts = ''] = process.argv;
const { title, columns, rows } = JSON.parse(readFileSync(input, 'utf8'));
const content = (text) => `[${text.replace(/[\\#*_`$<>@[\]~=/+-]/g, '\\$&')}]`;
const source = `#set document(title: ${JSON.stringify(title)})
#set page(paper: "a4", flipped: true, margin: (x: 46pt, top: 70pt, bottom: 54pt), numbering: "1 / 1")
#set text(font: "IBM Plex Sans", size: 8.2pt, lang: "en")
#set par(leading: 5.7pt)
#show table.cell.where(y: 0): strong
#table(
  columns: (${columns.map((column) => `${column.share}fr`).join(', ')}),
  stroke: (x: none, y: 0.4pt + gray),
  inset: (x: 5pt, y: 7pt),
  table.header(${columns.map((column) => content(column.title)).join(', ')}),
${rows.map((cells) => cells.map(content).join(', ')).join(',\n')}
)
`;
const compiler = NodeCompiler.create({ workspace: dirname(input), fontArgs: [{ fontPaths: [fonts] }] });
writeFileSync(output, compiler.pdf({ mainFileContent: source }));
process.stderr.write(`peak ${process.resourceUsage().maxRSS}\n`);

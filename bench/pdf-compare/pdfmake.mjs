/** The rows as a PDF by pdfmake: `node pdfmake.mjs ROWS.json OUT.pdf FONTS`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pdfmake from 'pdfmake';

const [, , input = '', output = '', fonts = ''] = process.argv;
const { title, columns, rows } = JSON.parse(readFileSync(input, 'utf8'));
const sum = columns.reduce((total, column) => total + column.share, 0);
const room = 841.89 - 2 * 46 - columns.length * 10;
pdfmake.setFonts({
  Plex: { normal: join(fonts, 'IBMPlexSans-Regular.ttf'), bold: join(fonts, 'IBMPlexSans-SemiBold.ttf') },
});
pdfmake.setLocalAccessPolicy?.(() => true);
await pdfmake
  .createPdf({
    info: { title },
    lang: 'en',
    tagged: true,
    displayTitle: true,
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [46, 70, 46, 54],
    footer: (page, total) => ({ text: `${page} / ${total}`, alignment: 'center' }),
    defaultStyle: { font: 'Plex', fontSize: 8.2 },
    content: [
      {
        layout: {
          hLineWidth: () => 0.4,
          vLineWidth: () => 0,
          hLineColor: () => '#D4DAE0',
          paddingLeft: () => 5,
          paddingRight: () => 5,
          paddingTop: () => 4.2,
          paddingBottom: () => 4.2,
        },
        table: {
          headerRows: 1,
          dontBreakRows: true,
          widths: columns.map((column) => (column.share / sum) * room),
          body: [columns.map((column) => ({ text: column.title, bold: true })), ...rows],
        },
      },
    ],
  })
  .write(output);
process.stderr.write(`peak ${process.resourceUsage().maxRSS}\n`);

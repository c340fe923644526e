/** Layout of plain text for terminals. */

/** Breaks text into lines of at most `width` characters, at spaces where there are any. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(/\s+/)) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines;
}

/** Text under an indent, wrapped to the width of the terminal, with `first` before its first line. */
export function indented(text: string, indent: number, width: number, first = ''): string {
  const lines = wrap(text, Math.max(30, width - indent));
  return lines.map((line, i) => (i === 0 ? first.padEnd(indent) : ' '.repeat(indent)) + line).join('\n');
}

/** Rows as columns, each as wide as its widest cell; the last one is wrapped to what is left of the width. */
export function columns(rows: readonly (readonly string[])[], width: number): string {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from(
    { length: Math.max(0, count - 1) },
    (_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)) + 2,
  );
  const used = widths.reduce((sum, size) => sum + size, 0);
  return rows
    .map((row) => {
      const head = widths.map((size, i) => (row[i] ?? '').padEnd(size)).join('');
      return indented(row[count - 1] ?? '', used, width, head).trimEnd();
    })
    .join('\n');
}

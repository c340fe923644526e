import type { Matrix } from '../model/matrix.ts';

/**
 * The matrix as JSON: one line for each part, requirement and other list entry, so that two packs can be compared line by line and
 * the file stays a third of the size of fully indented JSON.
 */
export function writeMatrixJson(matrix: Matrix): string {
  const lines: string[] = [];
  const entries = Object.entries(matrix).filter(([, value]) => value !== undefined);
  entries.forEach(([key, value], i) => {
    const comma = i < entries.length - 1 ? ',' : '';
    if (Array.isArray(value) && value.length > 0) {
      lines.push(`  ${JSON.stringify(key)}: [`);
      value.forEach((item, j) => {
        const end = j < value.length - 1 ? ',' : '';
        if (key === 'frameworks') lines.push(`    ${frameworkJson(item)}${end}`);
        else lines.push(`    ${JSON.stringify(item)}${end}`);
      });
      lines.push(`  ]${comma}`);
    } else lines.push(`  ${JSON.stringify(key)}: ${JSON.stringify(value)}${comma}`);
  });
  return `{\n${lines.join('\n')}\n}\n`;
}

function frameworkJson(framework: Matrix['frameworks'][number]): string {
  const { requirements, ...rest } = framework;
  const head = JSON.stringify(rest).slice(0, -1);
  return `${head},"requirements":[\n${requirements.map((requirement) => `      ${JSON.stringify(requirement)}`).join(',\n')}\n    ]}`;
}

import type { Sheet, SheetCell } from '../../document.ts';
import type { Matrix } from '../../model/matrix.ts';
import { counted, periodText } from '../../sentence.ts';

/** What is signed, and a line to sign for each signatory. */
export function signOffSheet(matrix: Matrix): Sheet {
  const short = matrix.organization.short ?? matrix.organization.name;
  const fact = (term: string, text: string): SheetCell[] => [{ text: term, bold: true }, { text }];
  const header = (text: string): SheetCell => ({ text, look: 'header' });
  return {
    name: 'Sign-off',
    title: 'Sign-off',
    intro: [
      `Each signatory confirms the description of ${matrix.system.name} as of ${matrix.asOf} and accepts the parts assigned to ${short}.`,
    ],
    columns: [
      { title: 'Name', width: 30, wrap: true, input: true },
      { title: 'Title', width: 34, wrap: true },
      { title: 'Signs for', width: 34, wrap: true },
      { title: 'Place', width: 22, input: true },
      { title: 'Date', width: 16, input: true, day: true },
      { title: 'Signature', width: 40, input: true },
    ],
    rows: [
      fact('Organization', matrix.organization.name),
      fact('System', matrix.system.name),
      ...(matrix.period ? [fact('Period', periodText(matrix.period))] : []),
      fact('As of', matrix.asOf),
      fact('Frameworks', matrix.frameworks.map((framework) => `${framework.title} ${framework.version}`).join(', ')),
      fact('Open findings', counted(matrix.findings.filter(({ suppressed }) => !suppressed).length, 'finding')),
      fact('Made by', `demarc ${matrix.tool.version}, catalogue ${matrix.catalogue.version}`),
      [],
      ['Name', 'Title', 'Signs for', 'Place', 'Date', 'Signature'].map(header),
      ...matrix.signatories.map((signatory): SheetCell[] => [
        signatory.name ? { text: signatory.name } : null,
        { text: signatory.title },
        { text: signatory.role ?? '' },
        null,
        null,
        null,
      ]),
      ...(matrix.signatories.length === 0 ? [[{ text: 'The description names no signatories.' }]] : []),
    ],
    freezeColumns: 0,
    landscape: true,
    table: false,
    tabTone: 'gray',
  };
}

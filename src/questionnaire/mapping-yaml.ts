import { counted } from '../sentence.ts';
import type { LikelyScheme } from './likely-scheme.ts';
import type { Mark, Proposal, SheetMapping, SheetProposal } from './questionnaire.ts';
import { shortened } from './wording.ts';

/** How many questions were found on a sheet, and the first of them, for the comments. */
export interface Sample {
  count: number;
  first?: string;
}

const HEAD = `How a questionnaire asks, for demarc fill --mapping. Check it against the workbook and change what is wrong.
Columns are named by their letters or by their titles, in which * stands for anything. Rows count from 1.
kind: choice (one of a list), text (free), mark (one of several columns), options-below (one of the rows below the question).`;

/** What to begin with where nothing was found. */
const EXAMPLE = `Nothing was found. Write \`sheets:\` above, and below it for each sheet that asks:
  - sheet: The sheet's name
    header: 1
    columns: { id: A, question: B, answer: C, comment: D }
    kind: text`;

/** Writes a proposed mapping as a file that a person reads, changes and passes back, with what speaks for it as comments. */
export function mappingYaml(proposal: Proposal, samples: ReadonlyMap<string, Sample>, likely?: LikelyScheme): string {
  const { mapping, sheets, known, reasons } = proposal;
  const lines = [
    ...comment(HEAD, ''),
    'form:',
    `  id: ${mapping.id}`,
    `  title: ${quoted(mapping.title)}`,
    ...(mapping.scheme
      ? [`  scheme: ${mapping.scheme}`]
      : comment(
          likely
            ? `scheme: ${likely.scheme}   the ids look like those of ${likely.title}: take the # away if that is what they are`
            : 'scheme: caiq-4   where the questions carry the ids of a known form',
          '  ',
        )),
    ...(known ? comment(`Recognized: ${reasons.join('; ')}.`, '') : []),
    mapping.sheets.length === 0 ? 'sheets: []' : 'sheets:',
  ];
  if (mapping.sheets.length === 0) lines.push(...comment(EXAMPLE, '  '));
  for (const sheet of sheets) {
    const own = mapping.sheets.filter((part) => part.sheet === sheet.sheet);
    if (own.length === 0)
      lines.push(...comment(`${quoted(sheet.sheet)}: no questions, since ${sheet.reasons.join('; ')}.`, '  '));
    for (const part of own) lines.push(...sheetLines(part, sheet, samples.get(part.sheet)));
  }
  return `${lines.join('\n')}\n`;
}

function sheetLines(part: SheetMapping, proposal: SheetProposal, sample: Sample | undefined): string[] {
  const { columns } = part;
  const map = (name: string, entries: object | undefined): string[] =>
    entries && Object.keys(entries).length > 0
      ? [
          `    ${name}:`,
          ...Object.entries(entries).map(
            ([key, value]) => `      ${key === 'yes' || key === 'no' ? quoted(key) : key}: ${value}`,
          ),
        ]
      : [];
  const line = (name: string, value: string | number | boolean | undefined): string[] =>
    value === undefined ? [] : [`    ${name}: ${typeof value === 'string' ? quoted(value) : value}`];
  const found = sample
    ? `${counted(sample.count, 'question')}${sample.first ? `, the first: ${shortened(sample.first, 120)}` : ''}`
    : '';
  return [
    `  - sheet: ${quoted(part.sheet)}`,
    ...comment(found, '    '),
    ...proposal.reasons.flatMap((reason) => comment(`- ${reason}`, '    ')),
    ...line('header', part.header),
    ...line('from', part.from),
    ...line('to', part.to),
    ...line('until', part.until),
    ...map('columns', {
      ...(columns.section ? { section: columns.section } : {}),
      ...(columns.id ? { id: columns.id } : {}),
      question: columns.question,
      ...answerColumn(part),
      ...Object.fromEntries(
        (['option', 'ownership', 'comment', 'provider', 'customer', 'evidence', 'reason'] as const).flatMap((role) =>
          columns[role] ? [[role, columns[role]]] : [],
        ),
      ),
    }),
    ...(columns.answer
      ? []
      : comment(
          `answer: ${proposal.free ?? 'H'}   no column has a place for answers; without the # they go into this free one`,
          '      ',
        )),
    `    kind: ${part.kind}`,
    ...map('marks', byWord(part.marks)),
    ...map('ownership-marks', byWord(part.ownershipMarks)),
    ...line('mark', part.mark),
    ...map('answers', quotedValues(part.answers)),
    ...map('ownerships', quotedValues(part.ownerships)),
    ...line('id-pattern', part.idPattern),
    ...line('id-optional', part.idOptional),
    ...line('needs', part.needs),
    ...line('skip', part.skip),
    ...line('comment-row', part.commentRow),
  ];
}

/** One letter, a list where columns without a known meaning are marked too, or nothing where `marks` names them all. */
function answerColumn({ columns, marks }: SheetMapping): { answer?: string } {
  const { answer = [] } = columns;
  const named = new Set(marks?.map(({ column }) => column));
  if (answer.length === 0 || (answer.length > 1 && answer.every((column) => named.has(column)))) return {};
  return { answer: answer.length === 1 ? (answer[0] ?? '') : `[${answer.join(', ')}]` };
}

function byWord(marks: Mark<string>[] | undefined): Record<string, string> | undefined {
  if (!marks) return undefined;
  const columns = new Map<string, string[]>();
  for (const { column, means } of marks) columns.set(means, [...(columns.get(means) ?? []), column]);
  return Object.fromEntries(
    [...columns].map(([word, list]) => [word, list.length === 1 ? (list[0] ?? '') : `[${list.join(', ')}]`]),
  );
}

function quotedValues(words: object | undefined): Record<string, string> | undefined {
  return words && Object.fromEntries(Object.entries(words).map(([word, value]) => [word, quoted(String(value))]));
}

/** A text as YAML takes it whatever it holds: JSON's strings are YAML's. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

/** Lines of comment; what came from a workbook must not end one. */
function comment(text: string, indent: string): string[] {
  return text === '' ? [] : text.split('\n').map((line) => `${indent}# ${line.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ').trimEnd()}`);
}

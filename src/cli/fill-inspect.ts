import { posix } from 'node:path';
import { openBook } from '../book/open.ts';
import { readBytes, writeNewFile } from '../disk.ts';
import { formatProblem } from '../problem.ts';
import { type LikelyScheme, likelyScheme } from '../questionnaire/likely-scheme.ts';
import { mappingYaml, type Sample } from '../questionnaire/mapping-yaml.ts';
import type { Question, SheetMapping, SheetProposal } from '../questionnaire/questionnaire.ts';
import { shortened } from '../questionnaire/wording.ts';
import { counted, joinNames, sentenceCase } from '../sentence.ts';
import { FINDINGS, GOOD, type Io } from './context.ts';
import { type Questionnaire, questionnaireOf } from './questionnaire.ts';
import { indented } from './terminal.ts';

/** How `demarc fill --inspect` was asked to answer. */
export interface InspectOptions {
  json?: boolean;
  /** Where the mapping is written; `-` for standard output. */
  output?: string;
  /** A mapping to try instead of the known and the detected ones. */
  mapping?: string;
}

/**
 * `demarc fill --inspect`: what is made of each sheet of a questionnaire and why, and the mapping as a file to edit. Gives the exit code.
 * @throws Problems, UsageError
 */
export function inspectQuestionnaire(file: string, options: InspectOptions, io: Io): number {
  const book = openBook(readBytes(file), file);
  const questionnaire = questionnaireOf(book, file, options.mapping);
  const { proposal, questions, problems } = questionnaire;
  const yaml = (): string =>
    mappingYaml(
      { ...proposal, mapping: { ...proposal.mapping, title: titleOf(questionnaire, file) } },
      samples(questions),
      likely(questionnaire),
    );
  if (options.output === '-') io.out(yaml());
  else {
    if (options.output !== undefined) writeNewFile(options.output, yaml());
    io.out(
      options.json
        ? `${JSON.stringify(report(file, questionnaire), null, 2)}\n`
        : reportText(file, questionnaire, options, io.width),
    );
  }
  for (const problem of problems) io.err(`${formatProblem(problem)}\n`);
  return questions.length > 0 && problems.length === 0 ? GOOD : FINDINGS;
}

/** The scheme that the ids of a form of unknown making seem to come from. */
function likely({ proposal, questions }: Questionnaire): LikelyScheme | undefined {
  return proposal.mapping.scheme ? undefined : likelyScheme(questions);
}

function titleOf({ proposal }: Questionnaire, file: string): string {
  return proposal.known ? proposal.mapping.title : posix.basename(file.replaceAll('\\', '/'));
}

/** The first question of each sheet and how many there are. */
function samples(questions: readonly Question[]): Map<string, Sample> {
  const found = new Map<string, Sample>();
  for (const { sheet, id, text } of questions) {
    const before = found.get(sheet);
    if (before) before.count += 1;
    else found.set(sheet, { count: 1, first: id && !text.startsWith(id) ? `${id} ${text}` : text });
  }
  return found;
}

function report(file: string, { proposal, questions, problems }: Questionnaire): object {
  const found = samples(questions);
  const scheme = proposal.mapping.scheme ? undefined : likelyScheme(questions);
  return {
    file,
    ...(proposal.known ? { known: proposal.known } : {}),
    ...(scheme ? { likelyScheme: scheme.scheme } : {}),
    reasons: proposal.reasons,
    questions: questions.length,
    sheets: proposal.sheets.map((sheet) => ({ ...sheet, questions: found.get(sheet.sheet)?.count ?? 0 })),
    mapping: proposal.mapping,
    problems,
  };
}

function reportText(file: string, questionnaire: Questionnaire, options: InspectOptions, width: number): string {
  const { proposal, questions } = questionnaire;
  const found = samples(questions);
  const head = proposal.known
    ? `${file}: ${proposal.mapping.title}, a known form`
    : options.mapping
      ? `${file}, by the mapping ${options.mapping}`
      : `${file}: no known form; the layout is a proposal to check`;
  const lines = [
    indented(head, 0, width),
    ...(proposal.known ? proposal.reasons.map((reason) => indented(reason, 4, width, '  - ')) : []),
    '',
  ];
  const asking = proposal.sheets.filter(({ mapping }) => mapping);
  for (const sheet of asking) lines.push(...sheetLines(sheet, found.get(sheet.sheet), questions, width), '');
  const silent = proposal.sheets.filter(({ mapping }) => !mapping);
  if (silent.length > 0) {
    lines.push('No questions:');
    for (const { sheet, reasons } of silent) lines.push(indented(`${sheet}: ${reasons.join('; ')}`, 4, width, '  - '));
    lines.push('');
  }
  const sheets = new Set(questions.map(({ sheet }) => sheet)).size;
  lines.push(`${counted(questions.length, 'question')} on ${counted(sheets, 'sheet')}.`);
  const scheme = likely(questionnaire);
  if (scheme)
    lines.push(
      indented(
        `The ids look like those of ${scheme.title}. If that is what they are, say \`scheme: ${scheme.scheme}\` in the mapping.`,
        0,
        width,
      ),
    );
  const next = nextStep(questionnaire, options);
  if (next) lines.push(indented(next, 0, width));
  return `${lines.join('\n')}\n`;
}

/** What a person does next. */
function nextStep({ proposal, questions }: Questionnaire, { output, mapping }: InspectOptions): string | undefined {
  if (output !== undefined)
    return `The mapping is in ${output}: check it, change what is wrong, and pass it back with --mapping.`;
  if (proposal.known || mapping) return undefined;
  return questions.length > 0
    ? 'Write the mapping with -o mapping.yaml, change what is wrong, and pass it back with --mapping mapping.yaml.'
    : 'If you see questions in it, write the mapping with -o mapping.yaml, say there where they are, and pass it back with --mapping mapping.yaml.';
}

function sheetLines(sheet: SheetProposal, sample: Sample | undefined, questions: readonly Question[], width: number): string[] {
  const { mapping } = sheet;
  if (!mapping) return [];
  const rows = questions.filter((question) => question.sheet === sheet.sheet).map(({ row }) => row);
  const span = rows.length > 0 ? ` in rows ${rows[0]} to ${rows.at(-1)}` : '';
  const sure = sheet.confidence < 1 ? `, ${sureness(sheet.confidence)}` : '';
  return [
    `${sheet.sheet}: ${counted(sample?.count ?? 0, 'question')}${span}${sure}`,
    indented(`${sentenceCase(columnsText(mapping))}.`, 4, width, '    '),
    ...(sample?.first ? [indented(`First: ${shortened(sample.first, 160)}`, 4, width, '    ')] : []),
    ...(sheet.confidence < 1 ? sheet.reasons.map((reason) => indented(reason, 6, width, '    - ')) : []),
  ];
}

/** How sure the detector is, in a word: its number is no probability. */
function sureness(confidence: number): string {
  return confidence >= 0.8 ? 'clear' : confidence >= 0.6 ? 'likely' : 'doubtful';
}

/** Where what stands, in a sentence. */
function columnsText({ columns, kind, mark = 'x', ownershipMarks = [] }: SheetMapping): string {
  const { question, id, answer = [], option, ownership, comment, provider, customer, evidence, reason, section } = columns;
  const asks =
    id === question ? `asks by id in column ${question}` : `questions in column ${question}${id ? `, ids in ${id}` : ''}`;
  const answers =
    answer.length === 0
      ? ownership
        ? 'no answers'
        : 'no column for answers: name a free one in the mapping'
      : kind === 'mark'
        ? `one of ${joinNames(answer)} is marked (${mark})`
        : kind === 'options-below'
          ? `options in ${option}, in the rows below each question, one of them marked in ${answer[0]} (${mark})`
          : `${kind === 'choice' ? 'answers from a list' : 'answers'} in ${answer[0]}`;
  const others = Object.entries({ section, ownership, comment, provider, customer, evidence }).flatMap(([role, column]) =>
    column ? [`${role} in ${column}`] : [],
  );
  if (reason) others.push(`why not applicable in ${reason}`);
  const owners = ownershipMarks.map(({ column }) => column);
  return [asks, answers, ...(owners.length > 0 ? [`owners marked in ${joinNames(owners)}`] : []), ...others].join('; ');
}

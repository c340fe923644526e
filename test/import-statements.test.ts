import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Book, CellEdit } from '../src/book/book.ts';
import { openBook } from '../src/book/open.ts';
import { patchBook } from '../src/book/patch.ts';
import {
  type Answers,
  CONTROL,
  clean,
  DUTIES,
  evidenceLine,
  FIELD_NAMES,
  FIELDS,
  type Field,
  formOf,
  KEY,
  readEvidenceLine,
  SERVICES,
} from '../src/form.ts';
import { type Changes, changesIn } from '../src/import/changes.ts';
import { editStatements, type StatementEdit } from '../src/import/edit.ts';
import { type FilledRow, filledRows } from '../src/import/filled.ts';
import { changeLines, type ImportPlan, planImport } from '../src/import/plan.ts';
import { mapSystem } from '../src/map/matrix.ts';
import type { Matrix } from '../src/model/matrix.ts';
import { readSystem } from '../src/read/system.ts';
import { responsibilityWorkbook } from '../src/report/workbook.ts';
import { STATUS } from '../src/terms.ts';
import { writeWorkbook } from '../src/write/xlsx/index.ts';
import { catalogue, ROOT } from './support.ts';

// What people fill into the workbook of a pack, on its way back into the statements of the description.

const SYSTEM = `# The description of a test.
include: [statements.yaml]
organization: {name: Test Organization, short: Test}
system: {name: Test system, description: For tests., owner: Owner of all}
as-of: "2026-09-30"
frameworks: [{id: soc2, categories: [security]}]
services:
  - {id: db, title: "Records, in a database", service: aws/rds, purpose: Test., data: [confidential], owner: Data team}
  - {id: files, title: Files (in buckets), service: aws/s3, purpose: Test., data: [confidential]}
  - {id: mail, title: Mail, model: saas, provider: Mailers, purpose: Test., data: [none]}
`;

const STATEMENTS = `# How we do it.

statements: # all of them
  # Access
  - control: least-privilege   # by role
    status: implemented # since spring
    owner: 'IT'
    narrative: >- # in our words
      Rights follow roles,
      and roles follow jobs.

    # evidence comes from the directory
    evidence:
      # the newest first
      - title: Role definitions # kept by IT
        file: evidence/roles.pdf
        sha256: "${'a'.repeat(64)}"
      # the older one
      - Old list of roles # to be replaced
      - {title: Review, url: "https://e.example/review", date: "2026-05-01", expires: "2027-05-01"}
      # nothing more
    reviewed: {by: Audit, on: "2026-06-01"} # yearly
  # Only for the database
  - {control: least-privilege, services: [db], status: partial, due: "2026-12-31", evidence: [One, {title: Two}]}

  - control: audit-logging
    status: "planned"
    due: '2027-01-31'
    narrative: |
      Line one.
        Line two, indented.
    reviewed:
      by: Somebody   # an office
      on: "2026-02-02"
  - requirement: soc2:CC6.1
    status: implemented
    evidence: [ 'Quoted, with comma' ,
      Second ]
  - requirement: soc2:CC6.2
    services: [db]
    status: implemented
# The end.
`;

const FILES = { 'system.yaml': SYSTEM, 'statements.yaml': STATEMENTS };

function matrixOf(files: Record<string, string>): Matrix {
  const system = readSystem('system.yaml', (path) => files[path] ?? '', catalogue());
  return mapSystem(system, catalogue(), { asOf: '2026-09-30', toolVersion: '0.0.0' });
}

async function workbookOf(matrix: Matrix, papers?: string[]): Promise<Uint8Array> {
  return (await writeWorkbook(responsibilityWorkbook(matrix, { paper: 'a4', ...(papers ? { papers } : {}) }))).bytes;
}

/** Where the field of a row stands in a workbook. */
function cellOf(book: Book, key: string, header: string): Omit<CellEdit, 'value'> {
  for (const sheet of book.sheets.filter(({ state }) => state === 'visible')) {
    const head = sheet.rows.find(
      ({ cells }) => cells.some(({ text }) => text === KEY) && cells.some(({ text }) => text === FIELDS.status),
    );
    const columnOf = (title: string): number => head?.cells.find(({ text }) => text === title)?.column ?? 0;
    const found = sheet.rows.find(({ cells }) => cells.some(({ column, text }) => column === columnOf(KEY) && text === key));
    if (found) return { sheet: sheet.name, row: found.row, column: columnOf(header) };
  }
  throw new Error(`no row ${key}`);
}

/** Fills fields of rows in, as a person would. */
function filled(bytes: Uint8Array, entries: { key: string; field: Field; value: string | number | null }[]): Uint8Array {
  const book = openBook(bytes, 'form.xlsx');
  const result = patchBook(
    bytes,
    entries.map(({ key, field, value }) => ({ ...cellOf(book, key, FIELDS[field]), value })),
  );
  expect(result.refused).toEqual([]);
  return result.bytes;
}

/** Fills the first spare row in. */
function spare(
  bytes: Uint8Array,
  control: string,
  services: string,
  fields: Partial<Record<Field, string>>,
  offset = 0,
): Uint8Array {
  const book = openBook(bytes, 'form.xlsx');
  const sheet = book.sheets.find(({ name }) => name === DUTIES);
  const head = sheet?.rows.find(({ cells }) => cells.some(({ text }) => text === KEY));
  const at = sheet?.rows.findIndex(({ cells }) => cells[0]?.text === 'Answers for some services only') ?? -1;
  const row = (sheet?.rows[at + 1]?.row ?? 0) + offset;
  const columnOf = (title: string): number => head?.cells.find(({ text }) => text === title)?.column ?? 0;
  const values = {
    [CONTROL]: control,
    [SERVICES]: services,
    ...Object.fromEntries(Object.entries(fields).map(([field, value]) => [FIELDS[field as Field], value])),
  };
  return patchBook(
    bytes,
    Object.entries(values).map(([title, value]) => ({ sheet: DUTIES, row, column: columnOf(title), value })),
  ).bytes;
}

function imported(
  bytes: Uint8Array,
  files: Record<string, string>,
): Changes & { plan: ImportPlan; after: Record<string, string> } {
  const matrix = matrixOf(files);
  const found = changesIn(filledRows(openBook(bytes, 'form.xlsx'), 'form.xlsx'), formOf(matrix), matrix);
  const plan = planImport(found.changes, matrix, new Map(Object.entries(files)));
  return { ...found, plan, after: { ...files, ...Object.fromEntries(plan.files.map(({ path, after }) => [path, after])) } };
}

function requirementRow(of: Matrix, key: string): Answers {
  const answers = formOf(of).get(key)?.answers;
  if (!answers) throw new Error(`no row ${key}`);
  return answers;
}

/** Every comment of a text, of which none may be lost. */
const comments = (text: string): string[] => [...text.matchAll(/(?:^|\s)(#[^\n]*)/gm)].map(([, comment = '']) => comment.trim());

/** The lines of one text that are not in the other, and the other way round. */
function difference(before: string, after: string): { removed: string[]; added: string[] } {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return { removed: old.filter((line) => !now.includes(line)), added: now.filter((line) => !old.includes(line)) };
}

const matrix = matrixOf(FILES);
let form: Uint8Array;
let folder = '';
beforeAll(async () => {
  form = await workbookOf(matrix);
  folder = mkdtempSync(join(tmpdir(), 'demarc-import-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a filled form', () => {
  test('that nobody has touched changes nothing', () => {
    expect(imported(form, FILES)).toMatchObject({
      changes: [],
      notTaken: [],
      already: 0,
      plan: { files: [], changes: [], notTaken: [] },
    });
  });

  test('changes only the values that were changed, in the style they were written in', () => {
    const bytes = filled(form, [
      { key: 'least-privilege', field: 'status', value: 'Partial' },
      { key: 'least-privilege', field: 'owner', value: 'Security' },
      {
        key: 'least-privilege',
        field: 'narrative',
        value:
          'New words, which go on for so long that they have to be folded over two lines if they are to be read in an editor at all.',
      },
      {
        key: 'least-privilege',
        field: 'evidence',
        value:
          'Role definitions | evidence/roles.pdf | 2026-09-01\nReview | https://e.example/review | 2026-05-01 | until 2027-05-01\nFresh: list #1',
      },
      { key: 'least-privilege@db', field: 'status', value: 'implemented' },
      { key: 'least-privilege@db', field: 'due', value: '' },
      { key: 'least-privilege@db', field: 'evidence', value: 'One\nTwo\nThree, four' },
      { key: 'audit-logging', field: 'due', value: 46446 },
      { key: 'audit-logging', field: 'reviewedBy', value: 'Somebody else' },
      { key: 'soc2:CC6.1', field: 'owner', value: 'Added' },
      { key: 'soc2:CC6.1', field: 'evidence', value: 'Second' },
    ]);
    const { plan, after, notTaken } = imported(bytes, FILES);
    expect([...notTaken, ...plan.notTaken]).toEqual([]);
    expect(
      comments(after['statements.yaml'] ?? '')
        .filter((comment) => !comment.startsWith('#1'))
        .sort(),
    ).toEqual(comments(STATEMENTS).sort());
    expect(difference(STATEMENTS, after['statements.yaml'] ?? '')).toEqual({
      removed: [
        '    status: implemented # since spring',
        "    owner: 'IT'",
        '    narrative: >- # in our words',
        '      Rights follow roles,',
        '      and roles follow jobs.',
        '      - title: Role definitions # kept by IT',
        `        sha256: "${'a'.repeat(64)}"`,
        '      - Old list of roles # to be replaced',
        '  - {control: least-privilege, services: [db], status: partial, due: "2026-12-31", evidence: [One, {title: Two}]}',
        "    due: '2027-01-31'",
        '      by: Somebody   # an office',
        "    evidence: [ 'Quoted, with comma' ,",
        '      Second ]',
      ],
      added: [
        '    status: partial # since spring',
        "    owner: 'Security'",
        '    # in our words',
        '    narrative: >-',
        '      New words, which go on for so long that they have to be folded over two lines if they are to be read in an editor at all.',
        '      # kept by IT',
        '      - title: Role definitions',
        '        date: "2026-09-01"',
        `        sha256: ${'a'.repeat(64)}`,
        '      # to be replaced',
        '      - "Fresh: list #1"',
        '  - {control: least-privilege, services: [db], status: implemented, evidence: [One, {title: Two}, "Three, four"]}',
        "    due: '2027-02-28'",
        '      by: Somebody else   # an office',
        '    owner: Added',
        '    evidence: [Second]',
      ],
    });
  });

  test('makes new statements where there were none, with all that a row of a framework shows', () => {
    const bytes = spare(
      filled(form, [
        { key: 'security-policy', field: 'status', value: 'Implemented' },
        { key: 'soc2:CC6.3', field: 'status', value: 'Alternative measure' },
      ]),
      'Least privilege',
      'Mail, files',
      { status: 'Planned', due: '2027-03-01' },
    );
    const { plan, after, notTaken } = imported(bytes, FILES);
    expect(notTaken).toEqual([]);
    expect(plan.changes.map(({ key, file, line }) => [key, file, line])).toEqual([
      ['soc2:CC6.3', 'statements.yaml', undefined],
      ['security-policy', 'statements.yaml', undefined],
      ['least-privilege@files+mail', 'statements.yaml', undefined],
    ]);
    const before = requirementRow(matrix, 'soc2:CC6.3');
    const { statements } = parse(after['statements.yaml'] ?? '') as { statements: Record<string, unknown>[] };
    expect(statements.slice(-3)).toEqual([
      {
        requirement: 'soc2:CC6.3',
        status: 'alternative',
        owner: before.owner,
        narrative: before.narrative,
        ...(before.due ? { due: before.due } : {}),
        evidence: before.evidence.split('\n').map((line) => {
          const item = readEvidenceLine(line);
          return Object.keys(item).length === 1 ? item.title : item;
        }),
        ...(before.reviewedBy ? { reviewed: { by: before.reviewedBy, on: before.reviewedOn } } : {}),
      },
      { control: 'security-policy', status: 'implemented' },
      { control: 'least-privilege', services: ['files', 'mail'], status: 'planned', due: '2027-03-01' },
    ]);
    expect((after['statements.yaml'] ?? '').startsWith(STATEMENTS.slice(0, STATEMENTS.indexOf('# The end.')))).toBe(true);
    expect((after['statements.yaml'] ?? '').endsWith('# The end.\n')).toBe(true);
    expect(imported(bytes, after)).toMatchObject({ changes: [], plan: { files: [] } });
  });

  test('of some papers only is taken like one of the whole pack', async () => {
    const some = await workbookOf(matrix, ['soc2']);
    expect(imported(some, FILES)).toMatchObject({ changes: [], notTaken: [], plan: { files: [] } });
    const [key = ''] = [...formOf(matrix).keys()].filter((candidate) => candidate.startsWith('soc2:CC7'));
    const { plan } = imported(filled(some, [{ key, field: 'owner', value: 'Operations' }]), FILES);
    expect(plan.files.map(({ path }) => path)).toEqual(['statements.yaml']);
    expect(plan.changes).toHaveLength(1);
  });

  test('is refused where it cannot be read, with the reason, and the rest is taken', () => {
    const bytes = [
      ['Backups', 'db', { status: 'Planned' }],
      ['Least privilege', '', { status: 'Planned' }],
      ['Least privilege', 'nowhere', { status: 'Planned' }],
      ['Least privilege', 'db', { status: 'Planned' }],
      ['Least privilege', 'mail', {}],
      ['', '', { narrative: 'x' }],
    ].reduce<Uint8Array>(
      (made, [control, services, fields], at) =>
        spare(made, control as string, services as string, fields as Partial<Answers>, at),
      filled(form, [
        { key: 'audit-logging', field: 'status', value: 'Done' },
        { key: 'security-policy', field: 'due', value: 'soon' },
        { key: 'least-privilege', field: 'reviewedOn', value: '' },
        { key: 'soc2:CC6.1', field: 'evidence', value: 'x | until 2026-02-30' },
        { key: 'soc2:CC6.2@db', field: 'status', value: 'Partial' },
        { key: 'security-roles', field: 'evidence', value: 'Chart | C:\\evidence\\chart.pdf' },
      ]),
    );
    const { plan, notTaken } = imported(bytes, FILES);
    expect(notTaken.map(({ key, message }) => `${key}: ${message}`)).toEqual(
      [
        'soc2:CC6.1: the evidence `x | until 2026-02-30` has a day that is not in the calendar',
        'least-privilege: a review needs both who and when: Reviewed on is empty',
        'audit-logging: `Done` is not a status; choose one of Implemented, Partial, Planned, Alternative measure, Not applicable and Unanswered',
        'security-roles: the file `C:\\evidence\\chart.pdf` is not written relative to the description, so that nobody else would find it',
        'security-policy: Due is `soon`, which is no day of the calendar; write it as 2026-03-31',
        ': none of your duties is called `Backups`',
        ': the row names no services',
        ': there is no service `nowhere`',
        ': Least privilege is answered for these services in a row of its own',
        ': the row has no status',
        ': the row answers something and names no control',
      ].sort(
        (a, b) =>
          notTaken.findIndex(({ key, message }) => `${key}: ${message}` === a) -
          notTaken.findIndex(({ key, message }) => `${key}: ${message}` === b),
      ),
    );
    expect(plan.changes.map(({ key }) => key)).toEqual(['soc2:CC6.2@db']);
  });

  test('is a conflict where the description says something else by now, and no news where it says the same', () => {
    const bytes = filled(form, [
      { key: 'least-privilege', field: 'status', value: 'Planned' },
      { key: 'least-privilege', field: 'owner', value: 'Security' },
      { key: 'audit-logging', field: 'status', value: 'Implemented' },
      { key: 'soc2:CC6.1', field: 'owner', value: 'Added' },
    ]);
    const files = {
      ...FILES,
      'statements.yaml': STATEMENTS.replace('status: implemented # since spring', 'status: partial # since spring')
        .replace('status: "planned"', 'status: "implemented"')
        .replace('- requirement: soc2:CC6.1', '- requirement: soc2:CC6.8'),
    };
    const { notTaken, plan, already } = imported(bytes, files);
    expect(notTaken.map(({ key, message }) => [key, message])).toEqual([
      [
        'least-privilege',
        'Status was “Implemented”; the workbook says “Planned” and the description (statements.yaml:5) says “Partial” by now',
      ],
    ]);
    expect(already).toBe(1);
    // The statement it changed is gone; the answer makes one of its own.
    expect(plan.changes.map(({ key, line }) => [key, line])).toEqual([['soc2:CC6.1', undefined]]);
    const without = { ...FILES, 'system.yaml': SYSTEM.replace('[security]', '[availability]').replace('soc2', 'soc2') };
    expect(
      imported(filled(form, [{ key: 'soc2:CC6.1', field: 'owner', value: 'x' }]), {
        ...without,
        'system.yaml': SYSTEM.replace('{id: soc2, categories: [security]}', 'hipaa').replace(
          'as-of:',
          'roles: {hipaa: covered-entity}\nas-of:',
        ),
        'statements.yaml': 'statements: []\n',
      }).notTaken.map(({ message }) => message),
    ).toEqual(['it is no longer asked: the description or the catalogue has changed since the pack was made']);
  });

  test('of which a cell held only the beginning of a text is not taken for the whole', async () => {
    const files = { ...FILES, 'statements.yaml': STATEMENTS.replace('Line one.', `Line one.${' word'.repeat(7000)}`) };
    const bytes = filled(await workbookOf(matrixOf(files)), [{ key: 'audit-logging', field: 'narrative', value: 'Short now.' }]);
    expect(imported(bytes, files).notTaken[0]?.message).toContain('too long for a cell');
    const other = filled(await workbookOf(matrixOf(files)), [{ key: 'audit-logging', field: 'owner', value: 'Somebody' }]);
    expect(imported(other, files).plan.changes[0]?.fields).toEqual({ owner: 'Somebody' });
  });

  describe('comes back whatever was written into it, with every comment of the description in place', () => {
    const keys = [...formOf(matrix).keys()];
    const word = fc.oneof(
      fc.constantFrom(
        '# no comment',
        'x: y',
        '- dash',
        '"quoted"',
        "it's",
        '{brace}',
        '[1]',
        '& anchor',
        '*alias',
        '!tag',
        '%x',
        '|',
        '>',
        '~',
      ),
      fc.constantFrom(
        'null',
        'true',
        '2026-01-01',
        '1.10',
        '=1+1',
        '@x',
        '\u0007',
        '\t',
        'a, b',
        'word '.repeat(40).trim(),
        '---',
        '...',
        'a\\b',
        "''",
      ),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).map((text) => text.replace(/\s/g, '_')),
    );
    const line = fc
      .array(word, { minLength: 1, maxLength: 4 })
      .map((words) => words.join(' '))
      .filter((text) => clean(text) !== '');
    const day = fc.constantFrom('2026-02-28', '2027-12-31', '2028-02-29');
    const evidence = fc
      .record({ title: line, file: fc.option(fc.constant('evidence/x y.pdf')), date: fc.option(day) })
      .map(({ title, file, date }) => [title, file, date].filter(Boolean).join(' | '))
      // A path from the top of a disk is refused, and rightly.
      .filter((text) => !/^([/\\]|[A-Za-z]:)/.test(readEvidenceLine(text).file ?? ''));
    const valuesOf: Record<Field, fc.Arbitrary<string>> = {
      status: fc.constantFrom(...Object.values(STATUS)),
      owner: line,
      implemented: fc.constantFrom('2025-01-01', ''),
      due: fc.oneof(day, fc.constant('')),
      evidence: fc.array(evidence, { maxLength: 3 }).map((lines) => lines.join('\n')),
      narrative: fc.array(line, { maxLength: 3 }).map((lines) => lines.join('\n')),
      reviewedBy: line,
      reviewedOn: day,
    };
    const fieldsOf = (key: string): Field[] =>
      FIELD_NAMES.filter((field) => !/^soc2:[^@]+$/.test(key) || field !== 'implemented');
    // A review is somebody and a day.
    const both = (fields: Field[]): Field[] => [
      ...new Set(fields.flatMap((field): Field[] => (field.startsWith('reviewed') ? ['reviewedBy', 'reviewedOn'] : [field]))),
    ];
    const edit = fc
      .constantFrom(...keys)
      .chain((key) =>
        fc
          .subarray(fieldsOf(key), { minLength: 1 })
          .chain((fields) => fc.tuple(...both(fields).map((field) => valuesOf[field].map((value) => ({ key, field, value }))))),
      );
    const edits = fc.uniqueArray(edit, { minLength: 1, maxLength: 6, selector: ([first]) => first?.key });
    type Entry = { key: string; field: Field; value: string };
    const shown = ({ field, value }: Entry): string =>
      clean(
        field === 'evidence'
          ? value
              .split('\n')
              .map((text) => evidenceLine(readEvidenceLine(text)))
              .filter(Boolean)
              .join('\n')
          : value,
      );

    function check(entries: Entry[], plan: ImportPlan, notTaken: Changes['notTaken'], after: Record<string, string>): void {
      expect([...notTaken, ...plan.notTaken]).toEqual([]);
      const now = formOf(matrixOf(after));
      for (const entry of entries) {
        const was = formOf(matrix).get(entry.key);
        // Without an answer of its own, a row shows what others say, and they may have been changed as well.
        const same = was?.statement === undefined && was?.answers[entry.field] === shown(entry);
        if (!same)
          expect([entry.key, entry.field, now.get(entry.key)?.answers[entry.field]]).toEqual([
            entry.key,
            entry.field,
            shown(entry),
          ]);
      }
      for (const comment of comments(STATEMENTS)) expect(after['statements.yaml']).toContain(comment);
      expect(after['system.yaml']).toBe(SYSTEM);
      // What was not filled in stands as it stood.
      const touched = new Set(entries.map(({ key }) => key));
      for (const [key, row] of formOf(matrix))
        if (row.statement !== undefined && !touched.has(key)) expect([key, now.get(key)?.answers]).toEqual([key, row.answers]);
    }

    test('as rows of the form', { timeout: 120_000 }, () => {
      const form = formOf(matrix);
      fc.assert(
        fc.property(edits, (given) => {
          const entries = given.flat();
          const rows = given.map((own): FilledRow => {
            const key = own[0]?.key ?? '';
            const before = form.get(key)?.answers as Answers;
            const answers = Object.fromEntries(fieldsOf(key).map((field) => [field, before[field]]));
            for (const entry of own) answers[entry.field] = shown(entry);
            return { sheet: 'Sheet', row: 1, key, control: '', services: '', answers, before };
          });
          const { changes, notTaken } = changesIn(rows, form, matrix);
          const plan = planImport(changes, matrix, new Map(Object.entries(FILES)));
          check(entries, plan, notTaken, { ...FILES, ...Object.fromEntries(plan.files.map(({ path, after }) => [path, after])) });
        }),
        { numRuns: 100 },
      );
    });

    test('as cells of the workbook', { timeout: 300_000 }, () => {
      fc.assert(
        fc.property(edits, (given) => {
          const entries = given.flat();
          const bytes = filled(form, entries);
          const { plan, after, notTaken } = imported(bytes, FILES);
          check(entries, plan, notTaken, after);
          expect(imported(bytes, after).plan.files).toEqual([]);
        }),
        { numRuns: 8 },
      );
    });
  });
});

describe('the command', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(ROOT, 'dist', 'demarc.js'), 'import', 'statements', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  const write = (name: string, bytes: Uint8Array | string): string => {
    writeFileSync(join(folder, name), bytes);
    return name;
  };

  test('does not take the answers of another organization', () => {
    for (const [name, text] of Object.entries(FILES)) write(name, text);
    const other = write('other.yaml', SYSTEM.replace('name: Test Organization', 'name: Another Organization'));
    const file = write('filled.xlsx', filled(form, [{ key: 'least-privilege', field: 'status', value: 'Partial' }]));
    const result = run(file, '--system', other, '--write');
    expect(result).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('the workbook is of another organization: Test Organization, not Another Organization'),
    });
    expect(readFileSync(join(folder, 'statements.yaml'), 'utf8')).toBe(STATEMENTS);
  });
  test('shows what would change, writes it when told, and leaves conflicts alone', () => {
    for (const [name, text] of Object.entries(FILES)) write(name, text);
    chmodSync(join(folder, 'statements.yaml'), 0o640);
    const file = write('filled.xlsx', filled(form, [{ key: 'least-privilege', field: 'status', value: 'Partial' }]));
    const shown = run(file, '--system', 'system.yaml');
    expect(shown).toMatchObject({ status: 0, stderr: '' });
    expect(shown.stdout).toBe(
      [
        'statements.yaml:5  least-privilege  (Customer duties, row 8)',
        '  - Status  Implemented',
        '  + Status  Partial',
        '',
        '1 statement would change. Add --write to write it.',
        '',
      ].join('\n'),
    );
    expect(readFileSync(join(folder, 'statements.yaml'), 'utf8')).toBe(STATEMENTS);
    expect(run(file, '-s', 'system.yaml', '--write')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('1 statement written.'),
    });
    expect(readFileSync(join(folder, 'statements.yaml'), 'utf8')).toBe(
      STATEMENTS.replace('implemented # since', 'partial # since'),
    );
    expect(statSync(join(folder, 'statements.yaml')).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
    expect(run(file, '-s', 'system.yaml').stdout).toContain('Nothing to change.');

    write('statements.yaml', STATEMENTS.replace('implemented # since', 'planned # since'));
    const conflict = run(file, '-s', 'system.yaml', '--write', '--json');
    expect(conflict.status).toBe(1);
    expect(JSON.parse(conflict.stdout)).toMatchObject({
      written: false,
      changes: [],
      notTaken: [{ key: 'least-privilege', row: 8 }],
    });
    expect(readFileSync(join(folder, 'statements.yaml'), 'utf8')).toContain('planned # since');
  });

  test('refuses what is no filled form, and answers that contradict each other', () => {
    for (const [name, text] of Object.entries(FILES)) write(name, text);
    expect(run(write('no.xlsx', 'no'), '-s', 'system.yaml')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no.xlsx'),
    });
    expect(run('nothing.xlsx', '-s', 'system.yaml')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('there is no such file'),
    });
    const file = write(
      'filled.xlsx',
      filled(form, [
        { key: 'audit-logging', field: 'implemented', value: '2027-05-01' },
        { key: 'least-privilege', field: 'owner', value: 'X' },
      ]),
    );
    const reversed = run(file, '-s', 'system.yaml', '--write');
    expect(reversed).toMatchObject({ status: 1, stdout: '' });
    expect(reversed.stderr).toContain('statements.yaml as it would be:');
    expect(reversed.stderr).toContain('[dates-reversed]');
    expect(readFileSync(join(folder, 'statements.yaml'), 'utf8')).toBe(STATEMENTS);
  });
});

describe('a statement in the text', () => {
  const at = { line: 2, column: 5 };
  const edited = (text: string, fields: Partial<Answers>, more: Partial<StatementEdit> = {}): string => {
    const { text: after, refused } = editStatements(text, [{ at, subject: { control: 'a' }, services: [], fields, ...more }]);
    return refused.length > 0 ? 'refused' : after;
  };
  test.each<[string, string, Partial<Answers>, string]>([
    [
      'a value',
      'statements:\n  - control: a\n    status: planned\n',
      { status: 'partial' },
      'statements:\n  - control: a\n    status: partial\n',
    ],
    [
      'line ends',
      'statements:\r\n  - control: a\r\n    status: planned\r\n',
      { status: 'partial', owner: 'X' },
      'statements:\r\n  - control: a\r\n    status: partial\r\n    owner: X\r\n',
    ],
    [
      'no last line end',
      'statements:\n  - control: a\n    status: planned',
      { owner: 'X' },
      'statements:\n  - control: a\n    status: planned\n    owner: X',
    ],
    [
      'a mark of order',
      '\ufeffstatements:\n  - control: a\n    status: planned\n',
      { status: 'partial' },
      '\ufeffstatements:\n  - control: a\n    status: partial\n',
    ],
    [
      'an empty value',
      'statements:\n  - control: a\n    owner:   # who?\n    status: planned\n',
      { owner: 'X' },
      'statements:\n  - control: a\n    owner: X   # who?\n    status: planned\n',
    ],
    [
      'a value with a comment',
      'statements:\n  - control: a\n    narrative: x # why\n    status: planned\n',
      { narrative: 'one\ntwo' },
      'statements:\n  - control: a\n    narrative: "one\\ntwo" # why\n    status: planned\n',
    ],
    [
      'a list in brackets that grows too long',
      `statements:\n  - control: a\n    evidence: [${'x'.repeat(60)}] # c\n    status: planned\n`,
      { evidence: `${'x'.repeat(60)}\n${'y'.repeat(60)}` },
      `statements:\n  - control: a\n    evidence:\n      - ${'x'.repeat(60)}\n      - ${'y'.repeat(60)} # c\n    status: planned\n`,
    ],
    [
      'a list taken away',
      'statements:\n  - control: a\n    evidence:\n      - x # c\n      - y\n    # d\n    status: planned\n',
      { evidence: '' },
      'statements:\n  - control: a\n    # c\n    # d\n    status: planned\n',
    ],
    [
      'a list without comments taken away',
      'statements:\n  - control: a\n    evidence:\n      - x\n      - y\n    # d\n    status: planned\n',
      { evidence: '' },
      'statements:\n  - control: a\n    # d\n    status: planned\n',
    ],
    [
      'a review',
      'statements:\n  - control: a\n    status: planned\n',
      { reviewedBy: 'X, Y', reviewedOn: '2026-01-01' },
      'statements:\n  - control: a\n    status: planned\n    reviewed: {by: "X, Y", on: "2026-01-01"}\n',
    ],
    [
      'a review taken away',
      'statements:\n  - control: a\n    reviewed: {by: X, on: "2026-01-01"}\n    status: planned\n',
      { reviewedBy: '', reviewedOn: '' },
      'statements:\n  - control: a\n    status: planned\n',
    ],
    [
      'braces',
      'statements:\n  - {control: a, status: planned, owner: X}\n',
      { status: 'partial', owner: '', narrative: 'a, b: c\nd' },
      'statements:\n  - {control: a, status: partial, narrative: "a, b: c\\nd"}\n',
    ],
    [
      'JSON',
      '{"statements": [\n    {"control": "a", "status": "planned", "owner": "X", "evidence": ["one"]}]}\n',
      { status: 'partial', owner: '', narrative: 'a\nb', evidence: 'one\ntwo | f.pdf' },
      '{"statements": [\n    {"control": "a", "status": "partial", "narrative": "a\\nb", "evidence": ["one", {"title":"two","file":"f.pdf"}]}]}\n',
    ],
    [
      'what others refer to',
      'statements:\n  - control: a\n    owner: &who X\n    status: planned\n  - {control: b, owner: *who, status: planned}\n',
      { owner: 'Y' },
      'refused',
    ],
    [
      'what refers to others',
      'statements:\n  - control: b\n    owner: &who X\n    status: planned\n  - {control: a, owner: *who, status: planned}\n',
      { status: 'partial' },
      'statements:\n  - control: b\n    owner: &who X\n    status: partial\n  - {control: a, owner: *who, status: planned}\n',
    ],
  ])('keeps %s', (_, before, fields, after) => {
    expect(edited(before, fields)).toBe(after);
  });

  test.each<[string, string, string]>([
    ['no list', 'demarc: 1', 'demarc: 1\nstatements:\n  - control: new\n    status: planned\n'],
    ['an empty list', 'statements: []\nx: 1\n', 'statements:\n  - control: new\n    status: planned\nx: 1\n'],
    [
      'nothing after the key',
      'statements: # none yet\nx: 1\n',
      'statements: # none yet\n  - control: new\n    status: planned\nx: 1\n',
    ],
    [
      'a list at the margin',
      'statements:\n- control: a\n  status: planned\n',
      'statements:\n- control: a\n  status: planned\n- control: new\n  status: planned\n',
    ],
    [
      'a list in brackets',
      'statements: [{control: a, status: planned}]\n',
      'statements: [{control: a, status: planned}, {control: new, status: planned}]\n',
    ],
    [
      'JSON',
      '{"statements": [{"control": "a", "status": "planned"}]}\n',
      '{"statements": [{"control": "a", "status": "planned"}, {"control":"new","status":"planned"}]}\n',
    ],
    [
      'more after the list',
      'statements:\n  - control: a\n    narrative: |\n      text\n\n# next\nx: 1\n',
      'statements:\n  - control: a\n    narrative: |\n      text\n  - control: new\n    status: planned\n\n# next\nx: 1\n',
    ],
  ])('is added to %s', (_, before, after) => {
    const { text, refused } = editStatements(before, [
      { subject: { control: 'new' }, services: [], fields: { status: 'planned' } },
    ]);
    expect(refused.length > 0 ? 'refused' : text).toBe(after);
  });

  test('that cannot be changed does not hold up the others', () => {
    const text =
      'statements:\n  - control: a\n    owner: &who X\n    status: planned\n  - {control: b, owner: *who, status: planned}\n';
    const edits: StatementEdit[] = [
      { at, subject: { control: 'a' }, services: [], fields: { owner: 'Y' } },
      { at: { line: 5, column: 5 }, subject: { control: 'b' }, services: [], fields: { status: 'partial' } },
      { subject: { control: 'c' }, services: ['s'], fields: { status: 'planned' } },
    ];
    const { text: after, refused } = editStatements(text, edits);
    expect(refused).toEqual([edits[0]]);
    expect(after).toBe(
      `${text.replace('*who, status: planned', '*who, status: partial')}  - control: c\n    services: [s]\n    status: planned\n`,
    );
  });

  test('is shown field by field, evidence item by item', () => {
    expect(
      changeLines({
        before: { status: 'planned', evidence: 'a\nb', owner: 'X' },
        fields: { status: 'partial', evidence: 'b\nc', owner: '', narrative: 'one\ntwo' },
      }),
    ).toEqual([
      '- Status     Planned',
      '+ Status     Partial',
      '- Owner      X',
      '- Evidence   a',
      '+ Evidence   c',
      '+ Narrative  one / two',
    ]);
  });
});

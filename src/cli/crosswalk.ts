import type { Command } from 'commander';
import { type ComparedFramework, type Crossing, type Crosswalk, crosswalk, customerControls } from '../map/crosswalk.ts';
import type { Catalogue, Control, Framework, Requirement } from '../model/catalogue.ts';
import type { Matrix, Row } from '../model/matrix.ts';
import { UsageError } from '../problem.ts';
import { counted, joinNames } from '../sentence.ts';
import { OWNERSHIP, STATUS } from '../terms.ts';
import { CATALOGUE_HELP, catalogueInForce } from './catalogue.ts';
import { GOOD, type Io, mapFile } from './context.ts';
import { findRequirement } from './references.ts';
import { columns, indented } from './terminal.ts';

interface CrosswalkOptions {
  system?: string;
  catalogue?: string;
  json?: boolean;
}

/** `demarc crosswalk`: which requirements rest on the same controls, and what answering those once settles. */
export function crosswalkCommand(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('crosswalk')
    .description('show which requirements of other frameworks share the controls of one, and what answering those once settles')
    .argument('<framework:requirement>', 'such as pci-dss:8.4.2')
    .option('-s, --system <system.yaml>', 'only frameworks in the scope of this description, with ownership and status')
    .option('--catalogue <folder>', CATALOGUE_HELP)
    .option('--json', 'print as JSON')
    .action((reference: string, options: CrosswalkOptions) => {
      const page = options.system ? inSystem(reference, options.system, options, io) : inCatalogue(reference, options);
      io.out(options.json ? `${JSON.stringify(crosswalkData(page), null, 2)}\n` : crosswalkText(page, io.width));
      done(GOOD);
    });
}

/** A crosswalk with what is needed to print it. */
interface Page {
  walk: Crosswalk;
  framework: Framework;
  requirement: Requirement;
  controls: Map<string, Control>;
  frameworks: readonly (ComparedFramework & { title: string })[];
  /** Rows by key, where a system is given. */
  rows?: Map<string, Row>;
}

function inCatalogue(reference: string, options: CrosswalkOptions): Page {
  const { catalogue } = catalogueInForce(options.catalogue);
  const { framework, requirement } = findRequirement(reference, catalogue);
  const walk = crosswalk(catalogue.frameworks, { framework: framework.id, requirement });
  return { walk, framework, requirement, controls: controlsById(catalogue), frameworks: catalogue.frameworks };
}

function inSystem(reference: string, file: string, options: CrosswalkOptions, io: Io): Page {
  const { catalogue, matrix } = mapFile(file, options, io);
  const { framework, requirement } = findRequirement(reference, catalogue);
  if (!matrix.frameworks.some((candidate) => candidate.id === framework.id)) {
    throw new UsageError(`${file} does not have ${framework.title} in scope`, `Add ${framework.id} to its \`frameworks:\`.`);
  }
  const walk = crosswalk(matrix.frameworks, { framework: framework.id, requirement }, customerControls(matrix));
  return {
    walk,
    framework,
    requirement,
    controls: controlsById(catalogue),
    frameworks: matrix.frameworks,
    rows: rowsByKey(matrix),
  };
}

function controlsById(catalogue: Catalogue): Map<string, Control> {
  return new Map(catalogue.controls.map((control) => [control.id, control]));
}

function rowsByKey(matrix: Matrix): Map<string, Row> {
  return new Map(matrix.frameworks.flatMap((framework) => framework.requirements.map(({ row }) => [row.key, row] as const)));
}

/** The crosswalk for scripts: every requirement with its ownership and status where a system is given. */
function crosswalkData({ walk, requirement, controls, rows }: Page): unknown {
  const standing = (key: string): object => {
    const row = rows?.get(key);
    return row
      ? { ownership: row.ownership, ...(row.status ? { status: row.status } : {}), ...(row.reason ? { reason: row.reason } : {}) }
      : {};
  };
  const entries = (crossings: Crossing[]): object[] =>
    crossings.map(({ framework: _, id: __, ...crossing }) => ({ ...crossing, ...standing(crossing.key) }));
  return {
    key: walk.key,
    title: requirement.title,
    controls: requirement.controls.map((use) => ({ ...use, title: controls.get(use.control)?.title })),
    ...standing(walk.key),
    all: entries(walk.all),
    some: entries(walk.some),
    answer: { ...walk.answer, settles: entries(walk.answer.settles), partly: entries(walk.answer.partly) },
  };
}

function crosswalkText(page: Page, width: number): string {
  const { walk, framework, requirement, controls } = page;
  const lines = [`${walk.key}  ${requirement.title} (${framework.title} ${framework.version})`];
  const standing = standingText(walk.key, page);
  if (standing) lines.push(indented(standing, 2, width));
  lines.push('');
  if (requirement.controls.length === 0) return `${[...lines, indented(requirement.noDuty ?? '', 2, width)].join('\n')}\n`;
  lines.push(
    columns(
      requirement.controls.map((use) => [`  ${use.control}`, (controls.get(use.control)?.title ?? '') + narrowing(use.at)]),
      width,
    ),
  );
  const count = requirement.controls.length;
  lines.push(
    '',
    ...crossingLines(
      count === 1 ? 'Name its control' : count === 2 ? 'Name both of its controls' : `Name all ${count} of its controls`,
      walk.all,
      page,
      width,
    ),
  );
  if (count > 1) lines.push('', ...crossingLines('Name some of its controls', walk.some, page, width));
  return `${[...lines, '', ...answerLines(page, width)].join('\n')}\n`;
}

function narrowing(at: readonly string[] | undefined): string {
  return at ? `, only at ${joinNames(at)}` : '';
}

/** One group of requirements, each with what it shares where that is not everything, and how it stands in the system. */
function crossingLines(heading: string, crossings: readonly Crossing[], page: Page, width: number): string[] {
  if (crossings.length === 0) return [`${heading}: none`];
  const rows = crossings.flatMap((crossing) => {
    const shares = crossing.shared.length < page.requirement.controls.length ? `shares ${joinNames(crossing.shared)}` : '';
    const detail = [standingText(crossing.key, page), shares].filter(Boolean).join('; ');
    return [[`  ${crossing.key}`, crossing.title], ...(detail ? [['', `  ${detail}`]] : [])];
  });
  return [`${heading}: ${counted(crossings.length, 'requirement')}`, columns(rows, width)];
}

/** Who owns a requirement in the system and how the customer's parts stand. */
function standingText(key: string, { rows }: Page): string {
  const row = rows?.get(key);
  if (!row) return '';
  return `${OWNERSHIP[row.ownership].label}${row.status ? `; status: ${STATUS[row.status].toLowerCase()}` : ''}`;
}

function answerLines({ walk, frameworks }: Page, width: number): string[] {
  const { controls, settles, partly, next } = walk.answer;
  if (controls.length === 0) return ['Nothing of it is yours to answer in this system.'];
  const lines = [indented(`When ${joinNames(controls)} ${controls.length === 1 ? 'is' : 'are'} answered, once`, 0, width)];
  if (settles.length === 0) lines.push('  no other requirement is settled with it');
  else {
    lines.push(`  settled with it: ${counted(settles.length, 'requirement')}`);
    const byFramework = frameworks.flatMap(({ id, title }) => {
      const own = settles.filter((crossing) => crossing.framework === id);
      return own.length > 0 ? [[`    ${title}`, own.map((crossing) => crossing.id).join(', ')]] : [];
    });
    lines.push(columns(byFramework, width));
  }
  if (partly.length > 0) {
    lines.push(`  settled in part: ${counted(partly.length, 'requirement')}, with these controls still open`);
    lines.push(
      columns(
        partly.map(({ key, open }) => [
          `    ${key}`,
          open.map((control) => (control === key ? 'a statement of its own' : control)).join(', '),
        ]),
        width,
      ),
    );
  }
  if (next) {
    lines.push(
      '',
      indented(
        `Answering ${next.control} as well would settle ${counted(next.settles.length, 'more requirement', 'more requirements')}: ${joinNames(next.settles, 8)}.`,
        0,
        width,
      ),
    );
  }
  return lines;
}

import type { Cause, PartChange, RequirementChange, StatementChange } from '../comparison.ts';
import { isDay } from '../days.ts';
import { compareMatrices, namesOf } from '../map/compare/compare.ts';
import type { Matrix, MatrixService } from '../model/matrix.ts';
import type { Statement } from '../model/system.ts';
import { UsageError } from '../problem.ts';
import { becauseText } from '../report/causes.ts';
import { partEntry, requirementText, statementEntry } from '../report/change-entries.ts';
import { type Io, mapFile } from './context.ts';
import { openHistory, packsAround, packsOf } from './history.ts';
import { matrixOf, type SavedPack } from './saved.ts';
import { indented } from './terminal.ts';

/** How things stood on a day, by the packs that were kept: the latest pack until then, and the one after it, which shows what changed meanwhile. */
export interface Past {
  day: string;
  pack: SavedPack;
  matrix: Matrix;
  after?: { pack: SavedPack; matrix: Matrix };
}

const PACKS = 'packs';

/** Looks up a day in the packs of a folder. @throws UsageError, Problems */
export function pastOn(
  day: string,
  options: { history?: string; system?: string; asOf?: string; catalogue?: string },
  io: Io,
): Past {
  if (!isDay(day)) throw new UsageError(`--at ${day} is not a day of the calendar`, 'Write it as 2026-03-31.');
  const history = openHistory(options.history ?? PACKS);
  for (const note of history.notes) io.err(`note: ${note}\n`);
  const described = options.system === undefined ? undefined : mapFile(options.system, options, io).matrix;
  const named = described && { organization: described.organization.name, system: described.system.name };
  const { at, after } = packsAround(packsOf(history, named), day, history.folder);
  return {
    day,
    pack: at,
    matrix: matrixOf(at),
    ...(after ? { after: { pack: after, matrix: matrixOf(after) } } : {}),
  };
}

/** What became of a requirement by the pack after the day, and of the parts that it asks for; on some services alone, where they are named. */
export function changeAfter(
  { matrix, after }: Past,
  key: string,
  services?: readonly { id: string }[],
): { change?: RequirementChange; parts: PartChange[]; statements: StatementChange[]; causes: Cause[] } {
  if (!after) return { parts: [], statements: [], causes: [] };
  const comparison = compareMatrices(matrix, after.matrix);
  const found = comparison.requirements.find((candidate) => candidate.key === key);
  const parts = comparison.parts.filter(
    ({ requirements, reworded, service }) =>
      !reworded && requirements.includes(key) && (!services || services.some(({ id }) => id === service)),
  );
  // Of one service, its parts tell what changed; the requirement as a whole may have changed elsewhere.
  const change = services ? undefined : found;
  const answers = new Set([matrix, after.matrix].flatMap((either) => answersTo(key, either)));
  const statements = comparison.statements.filter(({ from, to }) =>
    [from, to].some(
      (statement) =>
        statement &&
        answers.has(statement) &&
        (!services || statement.services.length === 0 || services.some(({ id }) => statement.services.includes(id))),
    ),
  );
  const because = new Set([change, ...parts, ...statements].flatMap((found) => found?.causes ?? []));
  const causes = comparison.causes.filter(({ id }) => because.has(id));
  return { ...(change ? { change } : {}), parts, statements, causes };
}

/** The statements that answer a requirement. */
function answersTo(key: string, { frameworks, statements }: Matrix): Statement[] {
  const rows = frameworks.flatMap(({ requirements }) => requirements.map(({ row }) => row));
  return rows.find((row) => row.key === key)?.statements.flatMap((position) => statements[position] ?? []) ?? [];
}

/** The line before what is explained of a past day. */
export function pastText({ day, pack }: Past, width: number): string {
  return `${indented(`On ${day}, by the pack ${pack.name}, which is as of ${pack.manifest.asOf}:`, 0, width)}\n\n`;
}

/** The lines after it: what the next pack says, so that nobody takes the day between for certain. */
export function afterText(past: Past, key: string, services: readonly MatrixService[] | undefined, width: number): string {
  const { matrix, after } = past;
  if (!after) return `\n${indented(`No later pack is in the history, so this is the last that is known.`, 0, width)}\n`;
  const { change, parts, statements, causes } = changeAfter(past, key, services);
  const next = `the next pack, ${after.pack.name}, as of ${after.pack.manifest.asOf}`;
  if (!change && parts.length === 0 && statements.length === 0)
    return `\n${indented(`By ${next}, nothing about it had changed.`, 0, width)}\n`;
  const names = namesOf(matrix, after.matrix);
  const moves = new Map<string, string[]>();
  for (const part of parts) {
    const { what, member } = partEntry(part, names);
    moves.set(what, [...(moves.get(what) ?? []), member.name]);
  }
  for (const statement of statements) {
    const { what, member } = statementEntry(statement);
    const says = `Statement: ${what}`;
    moves.set(says, [...(moves.get(says) ?? []), member.name]);
  }
  const said = change ? `: ${requirementText(change, names)}` : '';
  const because = causes.length > 0 ? `, because ${becauseText(causes)}` : '';
  const lines = [...moves].map(([what, members]) => indented(`${what}: ${members.join(', ')}`, 4, width, '  - '));
  return `\n${[indented(`By ${next}, it had changed${said}${because}.`, 0, width), ...lines].join('\n')}\n`;
}

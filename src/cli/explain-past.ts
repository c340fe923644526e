import type { Cause, PartChange, RequirementChange } from '../comparison.ts';
import { isDay } from '../days.ts';
import { compareMatrices, namesOf } from '../map/compare/compare.ts';
import type { Matrix, MatrixService } from '../model/matrix.ts';
import { UsageError } from '../problem.ts';
import { becauseText } from '../report/causes.ts';
import { partEntry, requirementText } from '../report/change-entries.ts';
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
): { change?: RequirementChange; parts: PartChange[]; causes: Cause[] } {
  if (!after) return { parts: [], causes: [] };
  const comparison = compareMatrices(matrix, after.matrix);
  const found = comparison.requirements.find((candidate) => candidate.key === key);
  const parts = comparison.parts.filter(
    ({ requirements, reworded, service }) =>
      !reworded && requirements.includes(key) && (!services || services.some(({ id }) => id === service)),
  );
  // Of one service, its parts tell what changed; the requirement as a whole may have changed elsewhere.
  const change = services ? undefined : found;
  const because = new Set([...(change?.causes ?? []), ...parts.flatMap((part) => part.causes)]);
  const causes = comparison.causes.filter(({ id }) => because.has(id));
  return { ...(change ? { change } : {}), parts, causes };
}

/** The line before what is explained of a past day. */
export function pastText({ day, pack }: Past, width: number): string {
  return `${indented(`On ${day}, by the pack ${pack.name}, which is as of ${pack.manifest.asOf}:`, 0, width)}\n\n`;
}

/** The lines after it: what the next pack says, so that nobody takes the day between for certain. */
export function afterText(past: Past, key: string, services: readonly MatrixService[] | undefined, width: number): string {
  const { matrix, after } = past;
  if (!after) return `\n${indented(`No later pack is in the history, so this is the last that is known.`, 0, width)}\n`;
  const { change, parts, causes } = changeAfter(past, key, services);
  const next = `the next pack, ${after.pack.name}, as of ${after.pack.manifest.asOf}`;
  if (!change && parts.length === 0) return `\n${indented(`By ${next}, nothing about it had changed.`, 0, width)}\n`;
  const names = namesOf(matrix, after.matrix);
  const moves = new Map<string, string[]>();
  for (const part of parts) {
    const { what, member } = partEntry(part, names);
    moves.set(what, [...(moves.get(what) ?? []), member.name]);
  }
  const said = change ? `: ${requirementText(change, names)}` : '';
  const because = causes.length > 0 ? `, because ${becauseText(causes)}` : '';
  const lines = [...moves].map(([what, members]) => indented(`${what}: ${members.join(', ')}`, 4, width, '  - '));
  return `\n${[indented(`By ${next}, it had changed${said}${because}.`, 0, width), ...lines].join('\n')}\n`;
}

import type { Cause, RequirementChange } from '../comparison.ts';
import { compareMatrices } from '../map/compare/compare.ts';
import type { Matrix } from '../model.ts';
import { UsageError } from '../problem.ts';
import { isDay } from '../read/words.ts';
import { becauseText } from '../report/causes.ts';
import { requirementText } from '../report/change-entries.ts';
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

/** What became of a requirement by the pack after the day. */
export function changeAfter({ matrix, after }: Past, key: string): { change?: RequirementChange; causes: Cause[] } {
  if (!after) return { causes: [] };
  const comparison = compareMatrices(matrix, after.matrix);
  const change = comparison.requirements.find((candidate) => candidate.key === key);
  const causes = comparison.causes.filter(({ id }) => change?.causes.includes(id));
  return { ...(change ? { change } : {}), causes };
}

/** The line before what is explained of a past day. */
export function pastText({ day, pack }: Past, width: number): string {
  return `${indented(`On ${day}, by the pack ${pack.name}, which is as of ${pack.manifest.asOf}:`, 0, width)}\n\n`;
}

/** The line after it: what the next pack says, so that nobody takes the day between for certain. */
export function afterText(past: Past, key: string, width: number): string {
  const { after } = past;
  if (!after) return `\n${indented(`No later pack is in the history, so this is the last that is known.`, 0, width)}\n`;
  const { change, causes } = changeAfter(past, key);
  const next = `the next pack, ${after.pack.name}, as of ${after.pack.manifest.asOf}`;
  if (!change) return `\n${indented(`By ${next}, nothing about it had changed.`, 0, width)}\n`;
  const names = { services: {}, controls: {}, components: {}, frameworks: {}, parties: partyNames(after.matrix) };
  const because = causes.length > 0 ? `, because ${becauseText(causes)}` : '';
  return `\n${indented(`By ${next}, it had changed: ${requirementText(change, names)}${because}.`, 0, width)}\n`;
}

function partyNames({ parties }: Matrix): Record<string, string> {
  return Object.fromEntries(parties.map(({ id, short }) => [id, short]));
}

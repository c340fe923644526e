import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { SEES } from '../audience.ts';
import { foldersIn, readText, replaceFile } from '../disk.ts';
import { UsageError } from '../problem.ts';
import { counted, joinNames } from '../sentence.ts';
import { peekPack, type SavedPack } from './saved.ts';

/**
 * The packs of one folder, in the order of their days. `history.json` beside them records what was there after each review; it is held
 * against the packs themselves and never believed alone.
 */
export interface History {
  folder: string;
  packs: SavedPack[];
  /** Where the record and the packs disagree. */
  notes: string[];
}

/** One line of `history.json`. */
interface Recorded {
  folder: string;
  organization: string;
  system: string;
  asOf: string;
  /** SHA-256 of the pack's manifest. */
  manifest: string;
}

const NAME = 'history.json';

/** Every pack in a folder, held against the record. */
export function openHistory(folder: string): History {
  const packs = foldersIn(folder)
    .flatMap((name) => peekPack(posix.join(folder, name)) ?? [])
    .sort((a, b) => (a.manifest.asOf < b.manifest.asOf ? -1 : a.manifest.asOf > b.manifest.asOf ? 1 : a.name < b.name ? -1 : 1));
  const present = new Map(packs.map((pack) => [pack.name, pack]));
  const recorded = recordIn(folder);
  const gone = recorded.filter(({ folder: name }) => !present.has(name)).map(({ folder: name }) => name);
  const changed = recorded
    .filter(({ folder: name, manifest }) => (present.get(name)?.sha256 ?? manifest) !== manifest)
    .map(({ folder: name }) => name);
  const record = posix.join(folder, NAME);
  const notes = [
    ...(gone.length > 0
      ? [`${record} knows ${joinNames(gone, 5)}, which ${gone.length === 1 ? 'is' : 'are'} no longer there`]
      : []),
    ...(changed.length > 0
      ? [`${joinNames(changed, 5)} ${changed.length === 1 ? 'was' : 'were'} written again since ${record}`]
      : []),
  ];
  return { folder, packs, notes };
}

/** The record, as far as it can be read. */
function recordIn(folder: string): Recorded[] {
  const path = posix.join(folder, NAME);
  if (!existsSync(path)) return [];
  try {
    const { format, packs } = JSON.parse(readText(path)) as { format?: unknown; packs?: unknown };
    if (format !== 'demarc-history' || !Array.isArray(packs)) return [];
    return packs.filter((entry): entry is Recorded => typeof entry?.folder === 'string' && typeof entry.manifest === 'string');
  } catch {
    return [];
  }
}

/** Records the packs that are in a folder now. Says why where that cannot be written. */
export function recordHistory(folder: string): string | undefined {
  const packs = openHistory(folder).packs.map(
    ({ name, manifest, sha256 }): Recorded => ({
      folder: name,
      organization: manifest.organization,
      system: manifest.system,
      asOf: manifest.asOf,
      manifest: sha256,
    }),
  );
  const lines = packs.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
  const text = `{\n  "format": "demarc-history",\n  "formatVersion": 1,\n  "packs": [\n${lines}\n  ]\n}\n`;
  try {
    replaceFile(posix.join(folder, NAME), text);
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/**
 * The packs of one system that tell how it is described: neither one for readers outside nor some papers alone. Without a name there has to be only one system.
 * @throws UsageError where there are several.
 */
export function packsOf({ folder, packs: all }: History, system?: { organization: string; system: string }): SavedPack[] {
  const packs = all.filter(({ manifest: { options } }) => SEES[options.audience].answers && options.only === undefined);
  const names = [...new Set(packs.map(({ manifest }) => `${manifest.system} of ${manifest.organization}`))];
  if (system)
    return packs.filter(({ manifest }) => manifest.system === system.system && manifest.organization === system.organization);
  if (names.length > 1)
    throw new UsageError(
      `${folder} holds packs of ${counted(names.length, 'system')}: ${joinNames(names, 4)}`,
      'Name the description of one with --system.',
    );
  return packs;
}

/** The pack before a day and a name, in the order of the history. */
export function packBefore(packs: readonly SavedPack[], asOf: string, name: string): SavedPack | undefined {
  return packs.findLast(
    (pack) => pack.name !== name && (pack.manifest.asOf < asOf || (pack.manifest.asOf === asOf && pack.name < name)),
  );
}

/** The pack that tells how things stood on a day, and the one after it. @throws UsageError where there is none so early. */
export function packsAround(packs: readonly SavedPack[], day: string, folder: string): { at: SavedPack; after?: SavedPack } {
  const position = packs.findLastIndex(({ manifest }) => manifest.asOf <= day);
  const at = packs[position];
  if (!at) {
    const first = packs[0];
    throw new UsageError(
      first
        ? `the first pack in ${folder} is as of ${first.manifest.asOf}, after ${day}`
        : `${folder} holds no pack of this system`,
      first ? 'Who held what before that day was never recorded there.' : 'demarc review writes packs there.',
    );
  }
  const after = packs[position + 1];
  return { at, ...(after ? { after } : {}) };
}

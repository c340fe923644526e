import { posix } from 'node:path';
import type { Command } from 'commander';
import { AUDIENCE, AUDIENCES, SEES } from '../audience.ts';
import { foldersIn, readBytes, readText, writeFiles } from '../disk.ts';
import { sha256 } from '../pack.ts';
import { Problems, UsageError } from '../problem.ts';
import { type Register, type RegisterEntry, registerEntry, registerOf } from '../report/register.ts';
import { registerWorkbook } from '../report/sheets/register.ts';
import { counted } from '../sentence.ts';
import { OWNERSHIP, OWNERSHIPS, SEVERITY } from '../terms.ts';
import { FINDINGS, GOOD, type Io } from './context.ts';
import { packNames } from './fleet.ts';
import { matrixOf, peekPack, type SavedPack } from './saved.ts';
import { columns } from './terminal.ts';

/** Packs lie in the folder itself, one for each system below it, or one for each period below that. */
const DEEPEST = 3;

interface IndexOptions {
  output: string;
  systems?: string[];
  json?: boolean;
  force?: boolean;
}

/** `demarc index`: the packs of many systems in one register with totals. */
export function indexCommand(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('index')
    .description('join the packs of many systems into one register with totals; the latest pack of each system counts')
    .argument('<folder...>', 'folders with packs in them, or up to three levels below')
    .requiredOption('-o, --output <folder>', 'where to write register.xlsx and register.json')
    .option('--systems <file...>', 'descriptions of which each has to have a pack that fits it')
    .option('--json', 'print the register as JSON')
    .option('--force', 'replace a register in which somebody has worked')
    .action(async (folders: string[], options: IndexOptions) => {
      const found = [
        ...new Map(folders.flatMap((folder) => packsBelow(folder, DEEPEST)).map((pack) => [pack.folder, pack])).values(),
      ];
      if (found.length === 0)
        throw new UsageError(
          `there is no pack in ${folders.join(', ')}`,
          'Name folders that demarc pack or demarc review wrote to.',
        );
      const { kept, passed } = latest(found);
      const open = [...passed, ...gaps(options.systems ?? [], kept)];
      const entries = kept.flatMap((pack): RegisterEntry[] => {
        try {
          return [registerEntry(matrixOf(pack), pack.folder, pack.sha256)];
        } catch (error) {
          if (!(error instanceof Problems || error instanceof UsageError)) throw error;
          const says = error instanceof Problems ? (error.problems[0]?.message ?? '') : error.message;
          open.push({ path: pack.folder, says: `not counted: ${says}` });
          return [];
        }
      });
      const register = registerOf(entries, open);
      await write(register, options);
      for (const { path, says } of register.open) io.err(`${path}: ${says}\n`);
      io.out(options.json ? `${JSON.stringify(register, null, 2)}\n` : `${summary(register, io.width)}${options.output}\n`);
      done(register.open.length > 0 ? FINDINGS : GOOD);
    });
}

/** Every pack in a folder or below it; nothing is looked for inside a pack. */
function packsBelow(folder: string, depth: number): SavedPack[] {
  const pack = peekPack(folder);
  if (pack) return [pack];
  return depth === 0 ? [] : foldersIn(folder).flatMap((name) => packsBelow(posix.join(folder, name), depth - 1));
}

/**
 * Of each system's packs the one of the latest day that shows most. Packs of some papers and packs that leave findings out cannot be
 * counted, and which of two packs of one day counts only a person can say.
 */
function latest(packs: readonly SavedPack[]): { kept: SavedPack[]; passed: Register['open'] } {
  const kept = new Map<string, SavedPack>();
  const passed: Register['open'] = [];
  const unfit = new Map<string, SavedPack[]>();
  for (const pack of packs) {
    const { organization, system, asOf, options } = pack.manifest;
    const key = JSON.stringify([organization, system]);
    if (options.only !== undefined || !SEES[options.audience].findings) {
      unfit.set(key, [...(unfit.get(key) ?? []), pack]);
      continue;
    }
    const other = kept.get(key);
    if (
      other &&
      other.manifest.asOf === asOf &&
      other.manifest.options.audience === options.audience &&
      other.sha256 !== pack.sha256
    ) {
      passed.push({ path: pack.folder, says: `not counted: ${other.folder} is another pack of the same system and day` });
      continue;
    }
    if (!other || rank(pack) > rank(other)) kept.set(key, pack);
  }
  for (const [key, others] of unfit) {
    if (kept.has(key)) continue;
    for (const { folder, manifest } of others) {
      const why = manifest.options.only ? 'some papers alone' : `${AUDIENCE[manifest.options.audience].toLowerCase()}`;
      passed.push({ path: folder, says: `not counted: it is a pack for ${why}, and there is no other of ${manifest.system}` });
    }
  }
  return { kept: [...kept.values()], passed };
}

/** Later days come first, then packs that show more. */
function rank({ manifest }: SavedPack): string {
  return `${manifest.asOf} ${AUDIENCES.length - AUDIENCES.indexOf(manifest.options.audience)}`;
}

/**
 * Descriptions without a pack, and packs made from other texts than the descriptions have now. A pack belongs to the description that it
 * carries, else to the one that its folder, or one above it, is called after.
 */
function gaps(files: readonly string[], packs: readonly SavedPack[]): Register['open'] {
  return [...packNames(files)].flatMap(([file, name]) => {
    const now = hashOf(file);
    const pack =
      packs.find((candidate) => descriptionOf(candidate)[0]?.sha256 === now) ??
      packs.find(({ folder }) => posix.normalize(folder).split('/').includes(name));
    if (!pack) return [{ path: file, says: 'there is no pack of it as it is now' }];
    const changed = descriptionOf(pack).filter(
      ({ path, sha256: hash }) => hashOf(posix.join(posix.dirname(file), path)) !== hash,
    );
    return changed.length > 0
      ? [{ path: file, says: `${changed.map(({ path }) => path).join(', ')} changed since the pack ${pack.folder} was made` }]
      : [];
  });
}

/** The files of a pack's description, the one that names the others first. */
function descriptionOf({ manifest }: SavedPack): SavedPack['manifest']['inputs'] {
  return manifest.inputs.filter(({ role }) => role === 'description');
}

function hashOf(path: string): string | undefined {
  try {
    return sha256(readBytes(path));
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** The workbook's hash stands in the JSON file, so that a later run knows whether somebody has worked in it. */
async function write(register: Register, { output, force }: IndexOptions): Promise<void> {
  const { writeWorkbook } = await import('../write/xlsx/index.ts');
  const { bytes } = await writeWorkbook(registerWorkbook(register));
  const json = posix.join(output, 'register.json');
  const xlsx = posix.join(output, 'register.xlsx');
  const before = workbookIn(json);
  writeFiles(
    [
      { path: xlsx, bytes },
      {
        path: json,
        bytes: Buffer.from(
          `${JSON.stringify({ ...register, workbook: { file: 'register.xlsx', sha256: sha256(bytes) } }, null, 2)}\n`,
        ),
      },
    ],
    (path, hash) => force === true || (before !== undefined && (path === json || hash === before)),
  );
}

/** The hash of the workbook beside an earlier register; undefined where there is none of ours. */
function workbookIn(path: string): string | undefined {
  try {
    const earlier = JSON.parse(readText(path)) as { format?: unknown; workbook?: { sha256?: unknown } } | null;
    const hash = earlier?.format === 'demarc-register' ? earlier.workbook?.sha256 : undefined;
    return typeof hash === 'string' ? hash : undefined;
  } catch {
    return undefined;
  }
}

function summary({ totals }: Register, width: number): string {
  const seen = OWNERSHIPS.filter((ownership) => totals.frameworks.some((framework) => framework.ownership[ownership] > 0));
  const rows = totals.frameworks.map(({ title, version, systems, requirements, ownership, status }) => [
    `${title} ${version}`,
    String(systems),
    String(requirements),
    ...seen.map((key) => String(ownership[key])),
    String(status.unanswered),
  ]);
  const head = ['Framework', 'Systems', 'Requirements', ...seen.map((key) => OWNERSHIP[key].short), 'Unanswered'];
  const { high, medium, low } = totals.findings;
  const findings = [`${high} ${SEVERITY.high}`, `${medium} ${SEVERITY.medium}`, `${low} ${SEVERITY.low}`]
    .join(', ')
    .toLowerCase();
  return `${counted(totals.systems, 'system')} with ${counted(totals.services, 'service')} in use; findings: ${findings}\n\n${columns([head, ...rows], width)}\n`;
}

import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import type { Command } from 'commander';
import type { Review } from '../comparison.ts';
import { writePack } from '../disk.ts';
import { periodName, USUAL_POLICY } from '../map/review.ts';
import type { Matrix } from '../model/matrix.ts';
import type { Policy, PolicyRule } from '../model/system.ts';
import { ATTESTATION } from '../pack.ts';
import { didYouMean, UsageError } from '../problem.ts';
import { changesHeadline } from '../report/changes.ts';
import { counted } from '../sentence.ts';
import { POLICY_RULES } from '../terms.ts';
import { SIGNED } from '../verify/document.ts';
import { FINDINGS, GOOD, type Io, mapFile } from './context.ts';
import { openHistory, packBefore, packsOf, recordHistory } from './history.ts';
import { computePack, type LookOptions, lookInputs, lookOf, lookOptions, notesOf } from './pack.ts';
import { openPack, previousInputs, type SavedPack } from './saved.ts';
import { indented } from './terminal.ts';

interface ReviewOptions extends LookOptions {
  output: string;
  previous: string;
  period?: string;
  failOn?: string;
  asOf?: string;
  catalogue?: string;
  force?: boolean;
  json?: boolean;
}

/** `demarc review`: the recurring job in one command. Checks, packs, compares with the last pack, and fails by policy. */
export function reviewCommand(program: Command, io: Io, done: (code: number) => void): void {
  const command = program
    .command('review')
    .description('the quarterly review: write a pack, compare it with the last one, and exit 1 when the policy says so')
    .argument('<system.yaml>', 'the description of the system')
    .requiredOption('-o, --output <folder>', 'the folder of the packs; this one goes below it, into a folder named by its period')
    .option('--previous <pack>', 'the pack to compare with: a folder, auto (the latest earlier one), or none', 'auto')
    .option('--period <name>', 'name of the folder instead of the period in which the day lies, such as 2026-Q3')
    .option('--fail-on <rules>', `instead of the policy of the description: ${POLICY_RULES.join(', ')}, or never`)
    .option('--as-of <date>', 'the day as of which everything is judged (default: the description, SOURCE_DATE_EPOCH, today)');
  lookOptions(command)
    .option('--json', 'print review.json instead of the summary')
    .action(async (file: string, options: ReviewOptions) => {
      const look = lookOf(options);
      const mapped = mapFile(file, { ...options, audience: AUDIENCE }, io);
      const { matrix, system } = mapped;
      const policy: Policy = {
        ...(system.policy ?? USUAL_POLICY),
        ...(options.failOn ? { failOn: rulesOf(options.failOn) } : {}),
      };
      const period = periodOf(options, matrix, policy);
      const previous = previousOf(options, matrix, period, io);
      const inputs = [...lookInputs(options), ...(previous ? previousInputs(previous, AUDIENCE) : [])];
      const made = await computePack(mapped, inputs, { audience: AUDIENCE, ...look, review: { period, policy } });
      const target = posix.join(options.output, period);
      if (!options.force && existsSync(posix.join(target, ATTESTATION)))
        throw new UsageError(
          `${target} is signed, and a signed pack is not made again`,
          'Name another folder with --period, or use --force to replace the pack without its signatures.',
        );
      writePack(target, made.files, options.force ? { force: true, signed: SIGNED } : {});
      // The record is rebuilt from the packs by every review, so that this one is good without it.
      const unrecorded = recordHistory(options.output);
      if (unrecorded !== undefined) io.err(`note: ${unrecorded}; the next review records this pack\n`);
      for (const note of notesOf(made)) io.err(`note: ${note}\n`);
      const review = made.review as Review;
      io.out(options.json ? `${JSON.stringify(review, null, 2)}\n` : summaryText(review, target, io.width));
      done(review.breaches.length > 0 ? FINDINGS : GOOD);
    });
}

/** A review is for the organization itself: it names remedies and places. */
const AUDIENCE = 'internal';

/** The rules that `--fail-on` names. @throws UsageError for a name that is no rule. */
function rulesOf(written: string): PolicyRule[] {
  if (written === 'never') return [];
  return written.split(',').map((name) => {
    const rule = POLICY_RULES.find((candidate) => candidate === name.trim());
    if (rule) return rule;
    const meant = didYouMean(name, POLICY_RULES);
    throw new UsageError(
      `--fail-on ${name} is no rule of the policy`,
      meant ? `Did you mean ${meant}?` : `Write some of ${POLICY_RULES.join(', ')} with commas between, or never.`,
    );
  });
}

/** The name of the pack's folder. @throws UsageError for a name that cannot be one. */
function periodOf(options: ReviewOptions, matrix: Matrix, policy: Policy): string {
  const name = options.period ?? periodName(matrix.asOf, policy.every);
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name))
    throw new UsageError(
      `--period ${name} cannot name a folder`,
      'Write letters, digits, dots, dashes and underscores, such as 2026-Q3.',
    );
  return name;
}

/** The pack to compare with. What the record of the packs says otherwise is told. */
function previousOf(options: ReviewOptions, matrix: Matrix, period: string, io: Io): SavedPack | undefined {
  if (options.previous === 'none') return undefined;
  if (options.previous !== 'auto') return openPack(options.previous);
  const history = openHistory(options.output);
  for (const note of history.notes) io.err(`note: ${note}\n`);
  const own = packsOf(history, { organization: matrix.organization.name, system: matrix.system.name });
  const found = packBefore(own, matrix.asOf, period);
  if (!found && history.packs.length > own.length)
    io.err(`note: ${options.output} holds packs of other systems, but no earlier one of ${matrix.system.name}\n`);
  return found;
}

function summaryText(review: Review, target: string, width: number): string {
  const { breaches, findings, previous, comparison, ahead, policy } = review;
  const open = findings.high + findings.medium + findings.low;
  const lines = [
    `Review ${review.period} of ${review.system}, as of ${review.asOf}`,
    indented(
      previous && comparison
        ? `Since ${previous.folder}, as of ${previous.asOf}: ${changesHeadline(comparison)}`
        : 'First review: there is no earlier pack to compare with.',
      2,
      width,
      '  ',
    ),
    `  ${counted(open, 'finding')} open, ${findings.high} of high severity; ${counted(ahead.length, 'more opens', 'more open')} until ${review.nextReview} if nothing is done`,
    '',
  ];
  for (const { rule, says, items } of breaches) {
    lines.push(indented(`${rule}: ${says}`, 6, width, 'FAIL  '));
    for (const item of items.slice(0, 5)) lines.push(indented(item, 8, width, '      - '));
    if (items.length > 5) lines.push(`      - and ${items.length - 5} more`);
  }
  if (breaches.length === 0)
    lines.push(policy.failOn.length > 0 ? `PASS  ${policy.failOn.join(', ')}` : 'Nothing makes this review fail.');
  lines.push('', `  ${target}/review.md says it all; the pack lies beside it.`);
  return `${lines.join('\n')}\n`;
}

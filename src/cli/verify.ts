import type { Command } from 'commander';
import { AUDIENCE } from '../audience.ts';
import { type PackFile, readPack, readText } from '../disk.ts';
import { inputOf, MANIFEST, type Manifest } from '../pack.ts';
import { Problems, UsageError } from '../problem.ts';
import { counted } from '../sentence.ts';
import { certificates, publicKey } from '../sign/keys.ts';
import { bad, type Check, open } from '../verify/check.ts';
import { compare } from '../verify/compare.ts';
import { examine } from '../verify/examine.ts';
import { CATALOGUE_HELP } from './catalogue.ts';
import { FINDINGS, GOOD, type Io, type Mapped, mapFile, mapInputs } from './context.ts';
import { computePack, lookInputs } from './pack.ts';
import { loadCatalogue, VERSION } from './resources.ts';
import { indented } from './terminal.ts';

interface VerifyOptions {
  key: string[];
  ca: string[];
  inputs?: string;
  catalogue?: string;
  templates?: string;
  logo?: string;
  strict?: boolean;
  json?: boolean;
}

/** `demarc verify`: whether a pack is as it was written and signed, and follows from its inputs. Nothing is fetched. */
export function verifyCommand(program: Command, io: Io, done: (code: number) => void): void {
  const several = (value: string, before: string[]): string[] => [...before, value];
  program
    .command('verify')
    .description('verify a pack: its files, its signatures, and that it follows from its inputs')
    .argument('<pack>', 'the folder of the pack')
    .option('--key <file>', 'the public key in PEM of somebody who must have attested the pack; can be repeated', several, [])
    .option('--ca <file>', 'a certificate in PEM that must stand behind the signature in the PDF; can be repeated', several, [])
    .option('--inputs <system.yaml>', 'the description that the pack was made from, for a pack that does not carry it')
    .option('--catalogue <folder>', `with --inputs: ${CATALOGUE_HELP}`)
    .option('--templates <folder>', 'with --inputs: the folder with the attestation.md.hbs it was made with')
    .option('--logo <image>', 'with --inputs: the logo it was made with')
    .option('--strict', 'exit 1 also where something could not be checked')
    .option('--json', 'print the result as JSON')
    .action(async (folder: string, options: VerifyOptions) => {
      if (options.inputs === undefined && (options.catalogue ?? options.templates ?? options.logo) !== undefined)
        throw new UsageError(
          '--catalogue, --templates and --logo go with --inputs',
          'Name the description: --inputs system.yaml.',
        );
      const trust = {
        keys: options.key.map((path) => ({ path, key: publicKey({ path, text: readText(path) }) })),
        authorities: options.ca.flatMap((path) => certificates({ path, text: readText(path) })),
      };
      const files = readPack(folder);
      const { manifest, checks } = examine(files, trust);
      if (manifest) {
        const isChanged = checks.some(({ state }) => state === 'bad');
        checks.push(
          ...(isChanged
            ? [open('not computed anew, because the pack is not as it was written', 'Obtain an unchanged copy.')]
            : await recompute(files, manifest, options, io)),
        );
      }
      const count = (state: Check['state']): number => checks.filter((check) => check.state === state).length;
      const fails = count('bad') > 0 || (options.strict === true && count('open') > 0);
      if (options.json) {
        io.out(`${JSON.stringify({ pack: folder, result: fails ? 'bad' : 'good', checks }, null, 2)}\n`);
      } else {
        const head = manifest
          ? `${manifest.system} of ${manifest.organization}, as of ${manifest.asOf}, prepared for ${AUDIENCE[manifest.options.audience].toLowerCase()}\n\n`
          : '';
        const unchecked = count('open') > 0 ? `; ${counted(count('open'), 'thing was', 'things were')} not checked` : '';
        const verdict = count('bad') > 0 ? `${counted(count('bad'), 'thing is', 'things are')} wrong` : 'nothing is wrong';
        io.out(`${head}${checksText(checks, io.width)}\n${folder}: ${verdict}${unchecked}.\n`);
      }
      done(fails ? FINDINGS : GOOD);
    });
}

const STATES: Record<Check['state'], string> = { good: 'good', bad: 'WRONG', open: 'open' };

/** Checks as lines, each with its state before it and what would settle an open one below it. */
export function checksText(checks: readonly Check[], width: number): string {
  return checks
    .map(({ state, file, says, hint }) => {
      const text = file ? `${file}${state === 'bad' ? '' : ':'} ${says}` : says;
      return `${indented(text, 9, width, `  ${STATES[state]}`)}\n${hint ? `${indented(hint, 9, width)}\n` : ''}`;
    })
    .join('');
}

/** Computes the pack anew from its inputs and compares the two. */
async function recompute(files: PackFile[], manifest: Manifest, options: VerifyOptions, io: Io): Promise<Check[]> {
  if (manifest.tool.version !== VERSION) {
    const hint = `Use demarc ${manifest.tool.version} to compute it anew.`;
    return [open(`not computed anew: it was made by demarc ${manifest.tool.version}, and this is ${VERSION}`, hint)];
  }
  if (manifest.inputs.length === 0 && options.inputs === undefined)
    return [
      open(
        'not computed anew: a pack for this audience does not carry its inputs',
        'Give the description it was made from: --inputs system.yaml.',
      ),
    ];
  const { audience } = manifest.options;
  const { version } = loadCatalogue();
  if (manifest.catalogue.builtIn !== version) {
    const says = `not computed anew: it rests on the catalogue ${manifest.catalogue.builtIn}, and here is ${version}`;
    return [open(says, 'Use the demarc that it was made with.')];
  }
  try {
    const carried = manifest.inputs.map(({ role, path, file }) =>
      inputOf(role, path, files.find((other) => other.path === file)?.bytes ?? new Uint8Array()),
    );
    const isLook = (role: string): boolean => role === 'template' || role === 'logo';
    const previous = carried.filter(({ role }) => role === 'previous');
    const mapped: Mapped =
      options.inputs === undefined
        ? mapInputs(carried, manifest.attachments, { asOf: manifest.asOf, audience })
        : mapFile(
            options.inputs,
            { asOf: manifest.asOf, audience, ...(options.catalogue ? { catalogue: options.catalogue } : {}) },
            io,
          );
    const look = options.inputs === undefined ? carried.filter(({ role }) => isLook(role)) : lookInputs(options);
    const { files: computed } = await computePack(mapped, [...look, ...previous], manifest.options);
    return compare(files, manifest, computed);
  } catch (error) {
    if (!(error instanceof Problems) && !(error instanceof UsageError)) throw error;
    if (options.inputs !== undefined) throw error;
    return [bad(MANIFEST, `names inputs that no pack can be computed from: ${error.message.split('\n')[0]}`)];
  }
}

/**
 * Lists the services of the catalogue that somebody has to look at again: without a source, without the month of the last check, or
 * last checked more than a year before `--as-of <day>`. Exit code 1 when there are any, 2 for wrong usage.
 */
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDay } from '../src/days.ts';
import { readFolder } from '../src/disk.ts';
import type { Catalogue } from '../src/model/catalogue.ts';
import { readCatalogue } from '../src/read/catalogue.ts';
import { counted } from '../src/sentence.ts';

/**
 * Every service to look at again, with the reason. What an organization runs itself rests on no provider's page, so it needs neither a
 * source nor a check.
 */
export function staleServices(catalogue: Pick<Catalogue, 'providers'>, asOf: string): { service: string; reason: string }[] {
  const limit = `${String(Number(asOf.slice(0, 4)) - 1).padStart(4, '0')}${asOf.slice(4)}`;
  return catalogue.providers.flatMap((provider) =>
    provider.services.flatMap(({ id, source, checked }) => {
      const reasons: string[] = [];
      if (provider.kind !== 'self' && !source) reasons.push('no source');
      if (provider.kind !== 'self' && !checked) reasons.push('never checked');
      // A month without a day counts to its end.
      if (checked && (checked.length === 7 ? `${checked}-31` : checked) < limit) reasons.push(`checked ${checked}`);
      return reasons.length > 0 ? [{ service: `${provider.id}/${id}`, reason: reasons.join(', ') }] : [];
    }),
  );
}

function main(args: string[]): number {
  const [option, asOf, ...rest] = args;
  if (option !== '--as-of' || asOf === undefined || !isDay(asOf) || rest.length > 0) {
    console.error('Usage: npm run stale -- --as-of 2026-11-22');
    return 2;
  }
  const root = fileURLToPath(new URL('..', import.meta.url));
  const files = ['controls', 'frameworks', 'providers'].flatMap((folder) =>
    readFolder(posix.join(root, folder), '.yaml').map((file) => ({ ...file, path: `${folder}/${file.path}` })),
  );
  const catalogue = readCatalogue(files);
  const services = catalogue.providers.reduce((sum, provider) => sum + provider.services.length, 0);
  const stale = staleServices(catalogue, asOf);
  for (const { service, reason } of stale) console.log(`${service}  ${reason}`);
  console.error(`${stale.length} of ${counted(services, 'service')} to look at again as of ${asOf}`);
  return stale.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2));

/** Finds the service of a provider that a publisher means by a name of its own. */
import type { Provider, Service } from '../../src/model/catalogue.ts';

/** From the narrowest reading of a name to the widest; a wider one counts only where a single service fits it. */
type Reading = (name: string, provider: Provider) => string;

const READINGS: Reading[] = [
  (name) => name.toLowerCase().trim(),
  (name) => letters(name),
  (name) => letters(name.replace(/\([^)]*\)/g, '')),
  (name, provider) => withoutPrefixes(name.replace(/\([^)]*\)/g, ''), provider),
];

/** The service with this id, title or alias, whatever its case, spaces, dashes and the provider's name in front of it. */
export function findService(name: string, provider: Provider): Service | undefined {
  for (const reading of READINGS) {
    const wanted = reading(name, provider);
    if (wanted === '') continue;
    const fits = (own: string): boolean => reading(own, provider) === wanted;
    // An id or a title says more than an alias, which another service may share once names are read widely.
    const named = provider.services.filter((service) => fits(service.id) || fits(service.title));
    const found = named.length > 0 ? named : provider.services.filter((service) => service.aliases.some(fits));
    if (found.length === 1) return found[0];
  }
  return undefined;
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** The name without the provider's own in front: its id, its short name, its title and the words of its title that begin it. */
function withoutPrefixes(name: string, provider: Provider): string {
  const words = provider.title.split(/\s+/);
  const prefixes = [provider.title, words.at(0), words.length === 2 ? words.at(1) : undefined, provider.short, provider.id];
  const own = [...new Set(prefixes.map((prefix) => letters(prefix ?? '')))].filter((prefix) => prefix.length > 1);
  let rest = letters(name);
  for (;;) {
    const prefix = own.find((candidate) => rest.startsWith(candidate) && rest.length > candidate.length);
    if (!prefix) return rest;
    rest = rest.slice(prefix.length);
  }
}

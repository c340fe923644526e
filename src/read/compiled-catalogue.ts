import type { Catalogue } from '../model/catalogue.ts';

/**
 * The catalogue as it is shipped: a line of JSON with everything but the requirements of frameworks and the services of providers, then a
 * line for each of those lists. A system has to do with a few of them, and each is parsed when it is first asked for.
 */

/** The catalogue in this form. */
export function compiledCatalogue(catalogue: Catalogue): string {
  const head = {
    ...catalogue,
    frameworks: catalogue.frameworks.map((framework) => ({ ...framework, requirements: [] })),
    providers: catalogue.providers.map((provider) => ({ ...provider, services: [] })),
  };
  const lists = [
    ...catalogue.frameworks.map(({ requirements }) => requirements),
    ...catalogue.providers.map(({ services }) => services),
  ];
  return [head, ...lists].map((line) => JSON.stringify(line)).join('\n');
}

/** Opens a catalogue in this form. */
export function openCatalogue(bytes: Buffer): Catalogue {
  let read = 0;
  const nextLine = (): Buffer => {
    const end = bytes.indexOf('\n', read);
    const line = bytes.subarray(read, end < 0 ? bytes.length : end);
    read += line.length + 1;
    return line;
  };
  const catalogue = parsed<Catalogue>(nextLine());
  for (const framework of catalogue.frameworks) setLater(framework, 'requirements', nextLine());
  for (const provider of catalogue.providers) setLater(provider, 'services', nextLine());
  return catalogue;
}

/** Gives an object a list that is parsed when it is first read. */
function setLater<Owner extends object>(owner: Owner, key: keyof Owner, line: Buffer): void {
  Object.defineProperty(owner, key, {
    configurable: true,
    enumerable: true,
    get() {
      const value = parsed(line);
      Object.defineProperty(owner, key, { configurable: true, enumerable: true, writable: true, value });
      return value;
    },
  });
}

function parsed<T>(line: Buffer): T {
  return JSON.parse(line.toString('utf8')) as T;
}

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import type { SchemeFile } from '../answer/scheme.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { UsageError } from '../problem.ts';
import type { Form } from '../questionnaire/questionnaire.ts';
import { openCatalogue } from '../read/compiled-catalogue.ts';
import type { Template } from '../report/templates.ts';

/** What is shipped beside the program: the compiled catalogue, the report templates, the starter description. */

/** The version of demarc. */
export const VERSION: string = packageJson.version;

// In the bundle everything lies beside the program; in the source tree two folders up, built files under dist/.
const PLACES = ['./', '../../dist/', '../../'];

/** Where one of demarc's own files lies. @throws UsageError when it is missing */
export function resource(name: string): string {
  for (const place of PLACES) {
    const path = fileURLToPath(new URL(place + name, import.meta.url));
    if (existsSync(path)) return path;
  }
  throw new UsageError(`demarc's own file ${name} is missing`, 'Install it again, or run `npm run build` in a source checkout.');
}

let catalogue: Catalogue | undefined;

/** The compiled catalogue, opened once. */
export function loadCatalogue(): Catalogue {
  catalogue ??= openCatalogue(readFileSync(resource('catalogue.jsonl')));
  return catalogue;
}

/** The known questionnaires, as compiled. */
export function loadForms(): Form[] {
  return JSON.parse(readFileSync(resource('forms.json'), 'utf8')) as Form[];
}

/** What known forms ask, by id and in our own phrases, as compiled from `questionnaires/schemes/`. */
export function loadSchemes(): SchemeFile[] {
  return JSON.parse(readFileSync(resource('schemes.json'), 'utf8')) as SchemeFile[];
}

/** The words of the pack, and those of its papers. */
export const ATTESTATION_TEMPLATE = 'attestation.md.hbs';
export const ANNEX_TEMPLATE = 'annexes.md.hbs';
/** Every template that a user may replace. */
export const TEMPLATES = [ATTESTATION_TEMPLATE, ANNEX_TEMPLATE];

/** A report template as it was built. */
export function loadTemplate(name: string): Template {
  const path = resource('templates.js');
  const built = createRequire(path)(path) as { TEMPLATES: Record<string, Template> };
  const template = built.TEMPLATES[name];
  if (!template) throw new Error(`there is no template ${name}`);
  return template;
}

/** The text of the starter description. */
export function loadStarter(): string {
  return readFileSync(resource('templates/system.yaml'), 'utf8');
}

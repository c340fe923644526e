/** Compiles the report templates to code: reading them takes a tenth of the time of a small pack. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledTemplate } from '../src/report/template-compiler.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const entries = readdirSync(join(root, 'templates'))
  .filter((name) => name.endsWith('.hbs'))
  .sort()
  .map((name) => {
    const text = readFileSync(join(root, 'templates', name), 'utf8');
    return `${JSON.stringify(name)}: ${compiledTemplate(text)}`;
  });
writeFileSync(join(root, 'dist', 'templates.js'), `exports.TEMPLATES = {\n${entries.join(',\n')},\n};\n`);
console.log(`${entries.length} templates`);

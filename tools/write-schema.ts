/**
 * Writes the JSON Schemas of a system description and of a change for editors, from the schemas that the readers themselves use. `--check`
 * only compares and exits 1 when a file is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import { changeFile } from '../src/read/change-file.ts';
import { systemFile } from '../src/read/system-file.ts';

const SCHEMAS = [
  {
    name: 'system.schema.json',
    shape: systemFile,
    title: 'demarc system description',
    description: 'The services in use, and how the organization meets its parts.',
  },
  {
    name: 'change.schema.json',
    shape: changeFile,
    title: 'demarc change',
    description: 'What would be otherwise in a description, for `demarc compare --with`.',
  },
];

for (const { name, shape, title, description } of SCHEMAS) {
  const path = fileURLToPath(new URL(`../schema/${name}`, import.meta.url));
  const { $schema, ...rest } = toJsonSchema(shape, { errorMode: 'ignore', typeMode: 'input' });
  const text = `${JSON.stringify({ $schema, title, description, ...rest }, null, 2)}\n`;
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`schema/${name} is out of date: run npm run schema`);
    process.exitCode = 1;
  }
}

/**
 * Writes the JSON Schema of a system description for editors, from the schema that the reader itself uses. `--check` only compares and
 * exits 1 when the file is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import { systemFile } from '../src/read/system-file.ts';

const path = fileURLToPath(new URL('../schema/system.schema.json', import.meta.url));
const { $schema, ...rest } = toJsonSchema(systemFile, { errorMode: 'ignore', typeMode: 'input' });
const schema = {
  $schema,
  title: 'demarc system description',
  description: 'The services in use, and how the organization meets its parts.',
  ...rest,
};
const text = `${JSON.stringify(schema, null, 2)}\n`;

if (process.argv.includes('--check')) {
  const present = readFileSync(path, 'utf8');
  if (present !== text) {
    console.error('schema/system.schema.json is out of date: run npm run schema');
    process.exitCode = 1;
  }
} else writeFileSync(path, text);

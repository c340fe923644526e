/**
 * Keeps the code that V8 makes of the program: to compile it anew in each run takes a fifth of the time of a small pack. V8 compiles a
 * function when it first runs, so what is run most is run here.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { codeFile, loadProgram, programFile, sealed } from '../src/start/load.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const folder = mkdtempSync(join(tmpdir(), 'demarc-code-'));
const sample = (file: string): string => join(root, 'samples', file);
const io = {
  out: () => undefined,
  err: (text: string) => process.stderr.write(text),
  interactive: false,
  width: 100,
  env: {},
  today: '2026-01-01',
  now: '2026-01-01T00:00:00Z',
};

// Otherwise V8 throws code away that has not run for a while.
setFlagsFromString('--no-flush-bytecode');
try {
  const { program, script } = loadProgram(dist);
  for (const line of [
    ['pack', sample('clinic/system.yaml'), '-o', join(folder, 'clinic')],
    ['pack', sample('payments/system.yaml'), '-o', join(folder, 'payments')],
    [
      'fill',
      sample('payments/questionnaire.xlsx'),
      '--system',
      sample('payments/system.yaml'),
      '-o',
      join(folder, 'filled.xlsx'),
    ],
  ])
    if ((await program.run(line, io)) !== 0) throw new Error(`demarc ${line.join(' ')} does not succeed`);
  // Kept code is good for the flags under which it was kept, so they are those of a run.
  setFlagsFromString('--flush-bytecode');
  const code = script.createCachedData();
  writeFileSync(codeFile(dist), sealed(code, readFileSync(programFile(dist))));
  console.log(`code of ${Math.round(code.length / 1024)} KB`);
} finally {
  rmSync(folder, { recursive: true });
}

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** What the bundled program offers to whoever starts it. */
export type Program = typeof import('./program.ts');

/** The bundled program of a folder. */
export const programFile = (folder: string): string => join(folder, 'program.js');

/** The code that V8 made of it in the build, which is good for one version of Node and one kind of processor. */
export const codeFile = (folder: string): string => join(folder, `program-${process.version}-${process.arch}.code`);

/** Code as it is kept: with a check at its end, of the text and itself. V8 compares lengths only, and runs damaged code until it dies. */
export function sealed(code: Buffer, text: Buffer): Buffer {
  const seal = Buffer.alloc(4);
  seal.writeUInt32LE(crc32(code, crc32(text)));
  return Buffer.concat([code, seal]);
}

/** The code that is kept for this text, if there is one and it is whole. */
function keptCode(folder: string, text: Buffer): Buffer | undefined {
  const path = codeFile(folder);
  if (!existsSync(path)) return undefined;
  const kept = readFileSync(path);
  if (kept.length < 4) return undefined;
  const code = kept.subarray(0, -4);
  return kept.readUInt32LE(code.length) === crc32(code, crc32(text)) ? code : undefined;
}

/**
 * Code is optimized after eight times the usual work: in a run of a second most of it never earns back what that costs, which is a fifth
 * of the run. Packs of hundreds of pages gain from it too. Each V8 has its own word for that, and complains aloud of one that it does
 * not know, so versions that came later are left as they are.
 */
const OPTIMIZE_LATE: Record<string, string> = {
  '11.3': '--interrupt-budget=500000',
  '12.4': '--invocation-count-for-turbofan=24000',
  '13.6': '--invocation-count-for-turbofan=24000',
};

/**
 * Loads the program of a folder. To compile it takes as long as writing twenty pages, so the code that V8 made of it in the build is
 * taken where it fits; where it does not, V8 compiles the text as usual. `script` is what was compiled.
 */
export function loadProgram(folder: string): { program: Program; script: Script } {
  const late = OPTIMIZE_LATE[process.versions.v8.split('.', 2).join('.')];
  // Kept code is bound to the flags, so they are set first.
  if (late) setFlagsFromString(late);
  const filename = programFile(folder);
  const text = readFileSync(filename);
  const cachedData = keptCode(folder, text);
  // The build leaves only ASCII in the text. Read as a byte a character, it takes half the memory.
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${text.toString('latin1')}\n})`, {
    // Kept code brings the name along under which it was made: a path would be one of the machine that built it.
    filename: 'program.js',
    ...(cachedData ? { cachedData } : {}),
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(filename), module, filename, folder);
  return { program: module.exports as Program, script };
}

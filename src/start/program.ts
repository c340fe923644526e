/** The whole program in one file, `program.js`, for all who start it. */
export { serve } from '../cli/fleet-worker.ts';
export { main } from '../cli/main.ts';
export { run } from '../cli/run.ts';

import { loadProgram } from './load.ts';

loadProgram(__dirname).program.serve();

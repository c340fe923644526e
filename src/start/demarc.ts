#!/usr/bin/env node
import { loadProgram } from './load.ts';

loadProgram(__dirname).program.main();

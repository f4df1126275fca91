#!/usr/bin/env node
import { runPlayground } from './run-playground.ts';

await runPlayground(process.argv.slice(2));

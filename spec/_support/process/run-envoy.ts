import { readFileSync } from 'node:fs';

import type { EnvoyOptions } from '../../../src/edge/envoy/envoy-command.ts';
import { superviseEnvoy } from '../../../src/edge/envoy/envoy-supervisor.ts';

/** A program that supervises an Envoy until somebody kills it; its argument is a file of options. */
const options = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as EnvoyOptions;

superviseEnvoy({ ...options, env: process.env }, new AbortController().signal).subscribe(
  (event) => {
    if (event._tag === 'Started') process.stdout.write(`${event.pid}\n`);
  },
);

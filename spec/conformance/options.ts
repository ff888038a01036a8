import { parseArgs } from 'node:util';

import type { Channel } from '../_support/gateway-api/upstream-definitions.ts';

/** What a run of the conformance suite was asked for. */
export interface ConformanceOptions {
  readonly profiles: readonly string[];
  /** Only these tests; all of the profiles if there are none. */
  readonly tests: readonly string[];
  /** Instead of the features that the GatewayClass says are supported, if there are any. */
  readonly features: readonly string[];
  /** Of which release channel the definitions are. */
  readonly channel: Channel;
  /** Whether the report is written into `docs/conformance`. */
  readonly save: boolean;
  /** Whether everything stays as the suite left it, until Ctrl-C. */
  readonly keep: boolean;
}

/** How to call it. */
export const usage = `npm run conformance -- [options]
  --profiles GATEWAY-HTTP,GATEWAY-GRPC   the profiles to run (these, by default)
  --run-test NAME,NAME                   only these tests, without a report
  --features NAME,NAME                   these instead of those that the GatewayClass claims
  --channel standard|experimental        of which channel the definitions are (standard, by default)
  --save                                 write the report into docs/conformance
  --keep                                 leave everything as it is after the tests, until Ctrl-C`;

/** Reads the arguments; fails where they are not understood. */
export const readOptions = (args: readonly string[]): ConformanceOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      profiles: { type: 'string', default: 'GATEWAY-HTTP,GATEWAY-GRPC' },
      'run-test': { type: 'string', default: '' },
      features: { type: 'string', default: '' },
      channel: { type: 'string', default: 'standard' },
      save: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  const { channel, save, keep } = values;
  if (channel !== 'standard' && channel !== 'experimental')
    throw new Error(`expected a channel, standard or experimental, got ${channel}`);
  const list = (text: string): readonly string[] => text.split(',').filter((part) => part !== '');
  return {
    ...{ channel, save, keep },
    profiles: list(values.profiles),
    tests: list(values['run-test']),
    features: list(values.features),
  };
};

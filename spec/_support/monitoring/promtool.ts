import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

import { testBinary } from '../test-cluster/test-binaries.ts';

/** Runs Prometheus' promtool; what it said, and whether it was content. */
export const promtool = async (
  args: readonly string[],
  input = '',
): Promise<{ readonly code: number | null; readonly said: string }> => {
  const child = spawn(await testBinary('promtool'), args, { stdio: 'pipe', timeout: 60_000 });
  child.stdin.on('error', () => undefined).end(input);
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said: (await said).join('') };
};

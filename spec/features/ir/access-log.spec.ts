import test from 'ava';

import { logCommands, logFormatFault } from '../../../src/ir/access-log/log-format.ts';
import type { Port } from '../../../src/ir/port.ts';
import { anIrInEnvoy } from '../../_support/envoy/an-ir-in-envoy.ts';
import { freePort } from '../../_support/process/free-port.ts';
import { aChain, aListener, anIr } from '../../_support/world/an-ir.ts';

const envoy = await anIrInEnvoy();
test.after.always(envoy.stop);

test('Envoy knows every command that a format may hold', async (t) => {
  const commands = logCommands.map(
    (command) =>
      `%${command
        .replace('header?other', 'x-one?x-two')
        .replace(':length', ':20')
        .replace('(name)', '(x-one)')
        .replace('(format)', '(%s.%3f)')}%`,
  );
  for (const command of commands) t.is(logFormatFault(command), undefined, command);
  const fields = Object.fromEntries(commands.map((command, i) => [`f${i}`, command]));
  const { refused } = await envoy.serve(
    anIr({
      listeners: [
        aListener({ port: (await freePort()) as Port, accessLog: { _tag: 'Json', fields } }),
      ],
      filterChains: [aChain()],
    }),
  );
  t.deepEqual(refused, []);
});

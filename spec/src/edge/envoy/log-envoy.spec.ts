import test from 'ava';
import { pino } from 'pino';

import { logEnvoy } from '../../../../src/edge/envoy/log-envoy.ts';

test('what Envoy refuses is said once, and again where it is refused otherwise', (t) => {
  const lines: string[] = [];
  const log = pino(
    { level: 'info' },
    { write: (line: string) => void lines.push((JSON.parse(line) as { msg: string }).msg) },
  );
  const told = logEnvoy(log);
  const says = (message: string, level: 'warn' | 'error' = 'warn'): void =>
    told({ _tag: 'Logged', entry: { level, component: 'config', message } });
  const taken =
    "lds: listener 'a' config rejected: cannot bind '0.0.0.0:80': Address already in use";
  const unbound = "listener 'a' failed to bind or apply socket options: cannot bind '0.0.0.0:80'";
  for (const _ of [1, 2, 3]) {
    says(unbound, 'error');
    says(taken);
    says('something else');
  }
  says(taken.replaceAll('80', '81'));
  t.deepEqual(lines, [
    ...[unbound, taken, 'something else', 'something else', 'something else'],
    taken.replaceAll('80', '81'),
  ]);
});

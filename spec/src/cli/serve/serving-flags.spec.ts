import test from 'ava';

import { newProgram } from '../../../../src/cli/program.ts';
import { drainTime } from '../../../../src/cli/serve/drain-time.ts';
import { remoteOptions, type AdsOptions } from '../../../../src/cli/serve/remote-options.ts';
import { settleSwitchVariables } from '../../../../src/cli/switch-variables.ts';
import { UsageError } from '../../../../src/cli/usage-error.ts';
import { headgate } from '../../../_support/process/headgate.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

const everywhere = { _tag: 'Tcp', host: '0.0.0.0', port: 18_000 } as const;
const files = { adsTlsCert: 'crt', adsTlsKey: 'key', adsTlsCa: 'ca' };

test('remote Envoys are served over TLS when all of it is given', (t) => {
  t.is(remoteOptions({}), undefined);
  t.deepEqual(remoteOptions({ adsTlsAddress: everywhere, ...files }), {
    address: everywhere,
    files: { certificate: 'crt', privateKey: 'key', ca: 'ca' },
  });
});

const isWrong = test.macro({
  exec(t, options: AdsOptions, message: string) {
    t.throws(() => remoteOptions(options), { instanceOf: UsageError, message });
  },
  title: (name = '') => `a wrong call: ${name}`,
});

test(
  'everybody could read the configuration',
  isWrong,
  { adsAddress: everywhere },
  '--ads-address 0.0.0.0:18000 would give private keys to everybody who can connect to it, also through Envoy; use unix:PATH, or --ads-tls-address for Envoys elsewhere',
);
test(
  'everybody could read the configuration through Envoy',
  isWrong,
  { adsAddress: { _tag: 'Tcp', host: '127.0.0.1', port: 18_000 } },
  '--ads-address 127.0.0.1:18000 would give private keys to everybody who can connect to it, also through Envoy; use unix:PATH, or --ads-tls-address for Envoys elsewhere',
);
test(
  'TLS without a key and a CA',
  isWrong,
  { adsTlsAddress: everywhere, adsTlsCert: 'crt' },
  '--ads-tls-address 0.0.0.0:18000 needs --ads-tls-key, --ads-tls-ca as well',
);
test(
  'a CA without an address',
  isWrong,
  { adsTlsCa: 'ca' },
  '--ads-tls-ca without --ads-tls-address: nothing would be served',
);

test('the drain time is what was asked for, else what Emissary was told, else ten seconds', (t) => {
  t.is(drainTime(5, { AMBASSADOR_DRAIN_TIME: '600' }), 5);
  t.is(drainTime(0, {}), 0);
  t.is(drainTime(undefined, { AMBASSADOR_DRAIN_TIME: '600' }), 600);
  t.is(drainTime(undefined, { AMBASSADOR_DRAIN_TIME: '' }), 10);
  t.is(drainTime(undefined, {}), 10);
  t.throws(() => drainTime(undefined, { AMBASSADOR_DRAIN_TIME: '5m' }), {
    instanceOf: UsageError,
    message: "expected a whole number from 0 to 3600 in AMBASSADOR_DRAIN_TIME, found '5m'",
  });
});

const settled = (value: string): NodeJS.ProcessEnv => {
  const env = { HEADGATE_NO_ENVOY: value, HEADGATE_CONFIG_DIR: '0' };
  const run = newProgram({}).commands.find((command) => command.name() === 'run');
  if (run !== undefined) settleSwitchVariables(run, env);
  return env;
};

for (const yes of ['1', 'true', 'TRUE', 'yes'])
  test(`a switch is on by its variable when that says ${yes}`, (t) => {
    t.deepEqual(settled(yes), { HEADGATE_NO_ENVOY: yes, HEADGATE_CONFIG_DIR: '0' });
  });

for (const no of ['0', 'false', 'No', ''])
  test(`a switch is off when its variable says '${no}'`, (t) => {
    t.deepEqual(settled(no), { HEADGATE_CONFIG_DIR: '0' });
  });

test('a switch whose variable says neither is a wrong call', async (t) => {
  const { code, stderr } = await headgate(['run', '--config-dir', await tempDir(t)], {
    env: { HEADGATE_NO_ENVOY: 'maybe' },
  });
  t.is(code, 2);
  t.is(
    stderr,
    "headgate: expected 1, true, yes, 0, false or no in HEADGATE_NO_ENVOY, found 'maybe'\n",
  );
});

test('a variable that says no leaves the switch off', async (t) => {
  const folder = await tempDir(t);
  const options = ['--config-dir', folder, '--state-dir', folder, '--envoy', '/no/such/envoy'];
  const { stderr } = await headgate(['run', ...options], { env: { HEADGATE_NO_ENVOY: '0' } });
  t.regex(stderr, /\/no\/such\/envoy/);
});

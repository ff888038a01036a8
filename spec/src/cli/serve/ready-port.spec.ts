import test from 'ava';

import { readyPort, type ReadyOptions } from '../../../../src/cli/serve/ready-port.ts';
import { UsageError } from '../../../../src/cli/usage-error.ts';
import { headgate } from '../../../_support/process/headgate.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

const at = (host: string, port: number) => ({ _tag: 'Tcp', host, port }) as const;
const everywhere = at('0.0.0.0', 8006);

test('Envoy does not say whether it is ready unless it is told where', (t) => {
  t.is(readyPort({ adminAddress: at('127.0.0.1', 0) }), undefined);
  t.is(readyPort({ envoy: false, adminAddress: at('localhost', 8877) }), undefined);
});

const asks = test.macro<[host: string, asked: string]>({
  exec(t, host, asked) {
    t.deepEqual(readyPort({ envoyReadyAddress: everywhere, adminAddress: at(host, 8877) }), {
      address: everywhere,
      controlPlane: at(asked, 8877),
    });
  },
  title: (_, host, asked) => `an admin server on ${host} is asked on ${asked}`,
});

test(asks, '127.0.0.1', '127.0.0.1');
test(asks, '192.0.2.7', '192.0.2.7');
test(asks, '0.0.0.0', '127.0.0.1');
test(asks, '::', '::1');

const isWrong = test.macro<[options: Partial<ReadyOptions>, message: string]>({
  exec(t, options, message) {
    const given = { envoyReadyAddress: everywhere, adminAddress: at('0.0.0.0', 8877), ...options };
    t.throws(() => readyPort(given), { instanceOf: UsageError, message });
  },
  title: (name = '') => `a wrong call: ${name}`,
});

test(
  'no Envoy',
  isWrong,
  { envoy: false },
  '--envoy-ready-address 0.0.0.0:8006 with --no-envoy: nobody would answer',
);
test(
  'a control plane on any port',
  isWrong,
  { adminAddress: at('0.0.0.0', 0) },
  '--envoy-ready-address 0.0.0.0:8006 needs an IP address and a port that is not 0 in --admin-address',
);
test(
  'a control plane at a name',
  isWrong,
  { adminAddress: at('localhost', 8877) },
  '--envoy-ready-address 0.0.0.0:8006 needs an IP address and a port that is not 0 in --admin-address',
);
test(
  'any port',
  isWrong,
  { envoyReadyAddress: at('0.0.0.0', 0) },
  '--envoy-ready-address 0.0.0.0:0 needs an IP address and a port that is not 0 in --envoy-ready-address',
);
test(
  'one port for both',
  isWrong,
  { envoyReadyAddress: at('0.0.0.0', 8877) },
  '--envoy-ready-address 0.0.0.0:8877 has the port of --admin-address; choose another one',
);

test('a wrong call is told before anything is started', async (t) => {
  const options = ['--envoy-ready-address', '127.0.0.1:8006', '--admin-address', '127.0.0.1:0'];
  const { code, stderr } = await headgate(['run', '--config-dir', await tempDir(t), ...options]);

  t.is(code, 2);
  t.is(
    stderr,
    'headgate: --envoy-ready-address 127.0.0.1:8006 needs an IP address and a port that is not 0 in --admin-address\n',
  );
});

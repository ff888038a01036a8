import { readFileSync } from 'node:fs';

import test from 'ava';

import { startEnvoy } from '../../../../src/edge/envoy/envoy-process.ts';
import { aStateFolder, envoyAnswering } from '../../../_support/envoy/supervised-envoy.ts';
import { freePort } from '../../../_support/process/free-port.ts';

test('Envoy is given the variables that it needs, and no other', async (t) => {
  const { state, remove } = aStateFolder();
  t.teardown(remove);
  const options = await envoyAnswering(state, await freePort());
  const { identity } = await startEnvoy(
    {
      ...options,
      env: {
        ...process.env,
        GLIBC_TUNABLES: undefined,
        LD_LIBRARY_PATH: undefined,
        LOCALDOMAIN: undefined,
        AMBASSADOR_ID: 'default',
        AWS_SECRET_ACCESS_KEY: 'secret',
        KUBERNETES_SERVICE_HOST: '10.0.0.1',
        RES_OPTIONS: 'ndots:2',
        TZ: 'UTC',
      },
    },
    new AbortController().signal,
  );

  const environ = readFileSync(`/proc/${identity.pid}/environ`, 'utf8');

  t.deepEqual(
    environ
      .split('\0')
      .filter((line) => line !== '')
      .toSorted(),
    ['RES_OPTIONS=ndots:2', 'TZ=UTC'],
  );
});

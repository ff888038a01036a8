import test from 'ava';

import { withSourceDefaults } from '../../../../src/cli/source/chosen-source.ts';

const options = { ambassadorId: 'default', namespace: 'edge' };

test('in a folder nothing is taken away: requests and Gateways may be on this machine', (t) => {
  const folder = { ...options, configDir: '.' };

  t.deepEqual(withSourceDefaults(folder), folder);
});

test('in a cluster nothing is on the machine of Envoy', (t) => {
  t.deepEqual(withSourceDefaults(options), {
    ...options,
    allowAddresses: [],
    gatewayAddresses: [],
  });
});

test('in a cluster what somebody says counts', (t) => {
  const onService = { ...options, gatewayService: 'edge/web' } as const;
  const onPool = {
    ...options,
    allowAddresses: ['loopback'],
    gatewayAddresses: ['10.0.0.1'],
  } as const;

  t.deepEqual(withSourceDefaults(onService), { ...onService, allowAddresses: [] });
  t.deepEqual(withSourceDefaults(onPool), onPool);
});

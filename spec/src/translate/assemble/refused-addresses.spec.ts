import test from 'ava';

import { empty, entries, from, keys } from '../../../../src/collection/collection.ts';
import { finish } from '../../../../src/collection/work.ts';
import type { Discovery } from '../../../../src/ir/cluster.ts';
import type { ObjectKey } from '../../../../src/ir/object-ref.ts';
import { upstreamGraph } from '../../../../src/translate/assemble/upstreams.ts';
import { translate } from '../../../../src/translate/translate.ts';
import type { AddressOptions } from '../../../../src/translate/contribution/refused-addresses.ts';
import { aCluster } from '../../../_support/world/an-ir.ts';
import {
  aHost,
  aListener,
  aMapping,
  aService,
  aSlice,
  problemLines,
  storeOf,
  type Manifest,
} from '../../../_support/world/builders.ts';

const installation = { ambassadorId: 'default', namespace: 'default' };

/** What is served of objects beside a Listener and a Host, and what is wrong with them. */
const translated = (options: AddressOptions, ...objects: readonly Manifest[]) => {
  const store = storeOf(aListener(), aHost('default/all'), ...objects);
  const translation = translate({ ...installation, ...options })(undefined, store);
  return { ir: translation.ir, problems: problemLines(translation) };
};

const cluster = { allowAddresses: [] };
const folder = {};

const isRefused = test.macro({
  exec(t, options: AddressOptions, services: readonly string[], found: string) {
    for (const service of services) {
      const { ir, problems } = translated(options, aMapping('default/a', { service }));
      t.deepEqual(problems, [
        `Mapping default/a: spec.service: expected a service, got ${JSON.stringify(service)} (${found})`,
      ]);
      t.deepEqual([...keys(ir.clusters)], [], service);
      t.deepEqual(
        [...entries(ir.virtualHosts)].flatMap(([, { routes }]) => routes),
        [],
        service,
      );
    }
  },
  title: (name = '') => `no Mapping leads to ${name}`,
});

test(
  'this machine in a cluster',
  isRefused,
  cluster,
  [
    ...['127.0.0.1:8877', 'http://127.0.0.1:8877', 'localhost', 'https://LOCALHOST:8006'],
    ...['0.0.0.0:8877', '[::1]:8877', '[::ffff:127.0.0.1]:8877', 'a.localhost:8877', '[::]:1'],
  ],
  'the machine that Envoy is on; --allow-addresses loopback would allow it',
);
test(
  'metadata services, in a cluster and in a folder',
  isRefused,
  folder,
  ['169.254.169.254', '[fd00:ec2::254]:80', 'http://[fe80::1]', 'metadata.google.internal'],
  'a link-local address, or the metadata service of a cloud; --allow-addresses link-local would allow it',
);
test(
  'many machines, whatever is allowed',
  isRefused,
  { allowAddresses: ['loopback', 'link-local'] },
  ['224.0.0.1:80', '255.255.255.255', '[ff02::1]:80'],
  'a multicast or broadcast address',
);

test('what is allowed is routed to; a redirect and a Service of such a name always were', (t) => {
  const isServed = (options: AddressOptions, spec: object, ...objects: readonly Manifest[]) => {
    const { ir, problems } = translated(options, aMapping('default/a', { ...spec }), ...objects);
    t.deepEqual(problems, []);
    t.is([...entries(ir.virtualHosts)].flatMap(([, { routes }]) => routes).length, 1);
  };
  isServed(folder, { service: '127.0.0.1:80' });
  isServed({ allowAddresses: ['loopback'] }, { service: 'localhost' });
  isServed({ allowAddresses: ['link-local'] }, { service: '169.254.20.10' });
  isServed(cluster, { service: 'localhost', host_redirect: true });
  isServed(
    cluster,
    { service: 'localhost:80', resolver: 'endpoint' },
    aService('default/localhost'),
  );
});

test('addresses in slices that lead to no service are left out, and said', (t) => {
  const { ir, problems } = translated(
    cluster,
    aMapping('default/a', { service: 'web:80', resolver: 'endpoint' }),
    aService('default/web'),
    aSlice('default/web-1', 'web', ['127.0.0.1', '10.0.0.1', '169.254.169.254']),
  );
  t.deepEqual(
    [...entries(ir.endpoints)].map(([, { endpoints }]) => endpoints.map((one) => one.address)),
    [['10.0.0.1']],
  );
  t.deepEqual(problems, [
    'EndpointSlice default/web-1: endpoints[0].addresses[0]: expected an IPv4 address of a service, got "127.0.0.1" (the machine that Envoy is on; --allow-addresses loopback would allow it)',
    'EndpointSlice default/web-1: endpoints[2].addresses[0]: expected an IPv4 address of a service, got "169.254.169.254" (a link-local address, or the metadata service of a cloud; --allow-addresses link-local would allow it)',
  ]);
});

test('a cluster that leads to this machine is not made, whatever language asks for it', (t) => {
  const asked = (discovery: Discovery, options: AddressOptions) => {
    const byCluster = from([['shop', from([['default/a' as const, aCluster({ discovery })]])]]);
    const upstreams = [
      { kind: 'Service', byCluster, entries: empty<ObjectKey, unknown>(), clustersOf: () => [] },
    ] as const;
    const { clusters } = finish(upstreamGraph(options)(undefined, storeOf(), upstreams, empty()));
    return [...keys(clusters.output)];
  };
  const dns = { _tag: 'Dns', lookup: 'strict', port: 1, family: 'v4', respectTtl: false } as const;
  t.deepEqual(asked({ _tag: 'Static', address: '127.0.0.1', port: 1 }, cluster), []);
  t.deepEqual(asked({ ...dns, host: 'localhost' }, cluster), []);
  t.deepEqual(asked({ ...dns, host: 'web' }, cluster), ['shop']);
  t.deepEqual(asked({ _tag: 'Static', address: '127.0.0.1', port: 1 }, folder), ['shop']);
});

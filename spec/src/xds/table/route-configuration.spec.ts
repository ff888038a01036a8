import test from 'ava';

import { empty, from, set } from '../../../../src/collection/collection.ts';
import { virtualHostKey, type VirtualHostKey } from '../../../../src/ir/virtual-host.ts';
import { decode } from '../../../../src/xds/message/encode.ts';
import type { Part } from '../../../../src/xds/message/part.ts';
import { toJson } from '../../../../src/xds/message/to-json.ts';
import { virtualHost } from '../../../../src/xds/route/virtual-host.ts';
import { routeConfiguration } from '../../../../src/xds/table/route-configuration.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { aForward, aRoute, aVirtualHost } from '../../../_support/world/an-ir.ts';

const host = (domain: string, timeout = 3000): readonly [VirtualHostKey, Part] => [
  virtualHostKey('web', domain),
  virtualHost(aVirtualHost(domain, aRoute({ action: aForward({ timeout }) }))),
];

test('a table is read as one message with all its virtual hosts', (t) => {
  t.deepEqual(toJson(routeConfiguration('web', from([host('a.example')]))), {
    '@type': TypeUrl.Routes,
    name: 'web',
    ignore_port_in_host_matching: true,
    request_headers_to_remove: ['x-headgate-shard', 'x-headgate-sni'],
    validate_clusters: false,
    virtual_hosts: [
      {
        name: 'a.example',
        domains: ['a.example'],
        routes: [
          {
            name: 'Mapping demo/shop',
            match: { prefix: '/' },
            route: { cluster: 'shop', timeout: '3s' },
          },
        ],
      },
    ],
  });
});

const domains = Array.from({ length: 200 }, (_, i) => `host-${i}.example`);

test('however many virtual hosts there are, each is there once', (t) => {
  const { bytes } = routeConfiguration('web', from(domains.map((domain) => host(domain))));
  const table = decode('envoy.config.route.v3.RouteConfiguration', bytes);
  t.deepEqual((table.virtual_hosts ?? []).map(({ name }) => name).sort(), domains.toSorted());
});

test('the version follows from the contents, whatever the history', (t) => {
  const forwards = from(domains.map((domain) => host(domain)));
  const backwards = from(domains.toReversed().map((domain) => host(domain)));
  const there = set(forwards, ...host('host-7.example', 1));
  const andBack = set(there, ...host('host-7.example'));
  const [first, second, third, fourth] = [forwards, backwards, andBack, there].map((hosts) =>
    routeConfiguration('web', hosts),
  );
  t.deepEqual(second, first);
  t.deepEqual(third, first);
  t.not(fourth?.version, first?.version);
});

test('tables without virtual hosts differ by their name', (t) => {
  t.not(routeConfiguration('a', empty()).version, routeConfiguration('b', empty()).version);
});

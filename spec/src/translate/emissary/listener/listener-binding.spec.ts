import test from 'ava';

import { keys, values } from '../../../../../src/collection/collection.ts';
import type { HttpOptions } from '../../../../../src/ir/http-options.ts';
import type { Listener } from '../../../../../src/ir/listener.ts';
import { aSecret } from '../../../../_support/world/a-secret.ts';
import {
  aHost,
  aListener,
  createdIn,
  aMapping,
  annotated,
  problemLines,
  translated,
  type Manifest,
} from '../../../../_support/world/builders.ts';

type Spec = Readonly<Record<string, unknown>>;

const opens = test.macro({
  exec(t, spec: Spec, expected: Partial<Listener & HttpOptions>) {
    const { ir } = translated(aListener('default/one', spec), aHost('default/all'));
    const [listener] = values(ir.listeners);
    const [chain] = values(ir.filterChains);
    t.like({ ...listener, ...(chain?.carries._tag === 'Http' && chain.carries.options) }, expected);
  },
  title: (name = '') => `a Listener: ${name}`,
});

test(
  'HTTP',
  opens,
  { port: 8080 },
  {
    name: 'listener-8080',
    address: '0.0.0.0',
    port: 8080 as Listener['port'],
    tlsInspector: false,
    transport: 'tcp',
    proxyProtocol: false,
    statPrefix: 'ingress_http',
    trustedHops: 0,
    from: ['Listener default/one'],
  },
);
test(
  'HTTPS',
  opens,
  { protocol: 'HTTPS' },
  { tlsInspector: true, proxyProtocol: false, statPrefix: 'ingress_https' },
);
test('HTTPPROXY', opens, { protocol: 'HTTPPROXY' }, { tlsInspector: false, proxyProtocol: true });
test('HTTPSPROXY', opens, { protocol: 'HTTPSPROXY' }, { tlsInspector: true, proxyProtocol: true });
test(
  'a stack beats a protocol',
  opens,
  { protocol: 'HTTP', protocolStack: ['TLS', 'HTTP', 'TCP'] },
  { tlsInspector: true },
);
test(
  'settings',
  opens,
  { l7Depth: 2, statsPrefix: 'edge', http2MaxConcurrentStreams: 7 },
  { trustedHops: 2, statPrefix: 'edge', http2MaxConcurrentStreams: 7 },
);

const complains = test.macro({
  exec(t, objects: readonly Manifest[], ports: readonly number[], problems: readonly string[]) {
    const translation = translated(...objects);
    t.deepEqual(
      [...values(translation.ir.listeners)].map(({ port }) => Number(port)).sort(),
      ports,
    );
    t.deepEqual(problemLines(translation), problems);
  },
  title: (name = '') => `a Listener: ${name}`,
});

const stays = (spec: Spec, problems: readonly string[]) =>
  [
    [aListener('default/one', spec), aListener('default/two', { port: 9 }), aHost('default/all')],
    [9],
    problems,
  ] as const;

test(
  'UDP alone is nothing',
  complains,
  ...stays({ protocol: 'UDP' }, [
    'Listener default/one: spec.protocol: expected another one, or protocolStack: [TLS, HTTP, UDP] for HTTP/3, got UDP',
  ]),
);
for (const stack of [['UDP'], ['HTTP', 'UDP'], ['TLS', 'UDP'], ['PROXY', 'TLS', 'HTTP', 'UDP']])
  test(
    `${stack.join(', ')} is nothing`,
    complains,
    ...stays({ protocol: undefined, protocolStack: stack }, [
      `Listener default/one: spec.protocolStack: expected [TLS, HTTP, UDP], the one stack over UDP, got [${stack.join(', ')}]`,
    ]),
  );
test(
  'HTTP/3 without a Host that has a certificate',
  complains,
  ...stays({ protocol: undefined, protocolStack: ['TLS', 'HTTP', 'UDP'] }, [
    'Listener default/one: spec.hostBinding: no Host with TLS binds to this Listener; expected at least one',
  ]),
);
test(
  'HTTP/3 and HTTPS have a port each, of one number',
  complains,
  [
    aListener('default/tcp', { protocol: 'HTTPS' }),
    aListener('default/quic', { protocol: undefined, protocolStack: ['TLS', 'HTTP', 'UDP'] }),
    aHost('default/all', { tlsSecret: { name: 'cert' } }),
    aSecret('default/cert', 'one'),
  ],
  [8080, 8080],
  [],
);
test(
  'of two for HTTP/3 on one port the first by name has it',
  complains,
  [
    aListener('default/b', { protocol: undefined, protocolStack: ['TLS', 'HTTP', 'UDP'] }),
    aListener('default/a', { protocol: undefined, protocolStack: ['TLS', 'HTTP', 'UDP'] }),
    aHost('default/all', { tlsSecret: { name: 'cert' } }),
    aSecret('default/cert', 'one'),
  ],
  [8080],
  [
    'Listener default/b: spec.port: port 8080 is claimed by another Listener, which comes first by name; Listener default/a wins',
  ],
);
test(
  'where HTTP/3 is told of is said by a Listener for it alone',
  complains,
  [
    annotated(aListener('default/tcp'), { 'headgate.io/advertised-port': '443' }),
    aHost('default/all'),
  ],
  [8080],
  [
    'Listener default/tcp: metadata.annotations["headgate.io/advertised-port"]: no effect: it is for a Listener with protocolStack [TLS, HTTP, UDP]',
  ],
);
test(
  'Hosts are not bound by the labels of their namespace, as in Emissary',
  complains,
  ...stays({ hostBinding: { namespace: { from: 'SELECTOR' } } }, [
    'Listener default/one: spec.hostBinding.namespace.from: expected SELF or ALL; no Host is bound by it, got "SELECTOR"',
    'Listener default/one: spec.hostBinding: no Host binds to this Listener; expected at least one',
  ]),
);
test(
  'a binding that says nothing',
  complains,
  ...stays({ hostBinding: {} }, [
    'Listener default/one: spec.hostBinding: expected namespace.from, or a selector, got neither',
    'Listener default/one: spec.hostBinding: no Host binds to this Listener; expected at least one',
  ]),
);
test(
  'of two on one port the older one has it',
  complains,
  [
    createdIn(2025, aListener('aaa/new', { securityModel: 'SECURE' })),
    createdIn(2024, aListener('default/old')),
    aHost('default/all'),
  ],
  [8080],
  [
    'Listener aaa/new: spec.port: port 8080 is claimed by another Listener, which is older (created 2024-01-01T00:00:00Z); Listener default/old wins',
  ],
);
test(
  'of two of one age on one port the first by name has it',
  complains,
  [aListener('default/b'), aListener('default/a'), aHost('default/all')],
  [8080],
  [
    'Listener default/b: spec.port: port 8080 is claimed by another Listener, which comes first by name; Listener default/a wins',
  ],
);
test(
  'one that no Host binds to does not open',
  complains,
  [
    aListener('other/one', { hostBinding: { namespace: { from: 'SELF' } } }),
    aListener('default/two', { port: 9 }),
    aHost('default/all'),
  ],
  [9],
  ['Listener other/one: spec.hostBinding: no Host binds to this Listener; expected at least one'],
);
test('without any Host there is a default one', complains, [aListener()], [8080], []);
test('nothing at all is no problem', complains, [], [], []);

const binds = test.macro({
  exec(t, hostBinding: Spec, hosts: readonly string[]) {
    const { ir } = translated(
      aListener('default/one', { hostBinding }),
      aHost('default/plain', { hostname: 'plain.default' }),
      aHost('default/public', { hostname: 'public.default' }, { zone: 'public' }),
      aHost('shop/plain', { hostname: 'plain.shop' }),
      aHost('shop/public', { hostname: 'public.shop' }, { zone: 'public' }),
      aMapping('default/all'),
    );
    t.deepEqual([...keys(ir.virtualHosts)].map((key) => key.split(' ')[1]).sort(), hosts);
  },
  title: (name = '') => `Hosts are bound ${name}`,
});

const selector = { matchLabels: { zone: 'public' } };
test('of all namespaces', binds, { namespace: { from: 'ALL' } }, [
  'plain.default',
  'plain.shop',
  'public.default',
  'public.shop',
]);
test('of the own namespace', binds, { namespace: { from: 'SELF' } }, [
  'plain.default',
  'public.default',
]);
test('by their labels, in every namespace', binds, { selector }, ['public.default', 'public.shop']);
test('by namespace and labels', binds, { namespace: { from: 'SELF' }, selector }, [
  'public.default',
]);
test(
  'by every expression',
  binds,
  {
    namespace: { from: 'ALL' },
    selector: { matchExpressions: [{ key: 'zone', operator: 'DoesNotExist' }] },
  },
  ['plain.default', 'plain.shop'],
);

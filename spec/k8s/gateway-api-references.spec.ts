import test from 'ava';

import type { Schema } from '../../build/schema.ts';
import { kindsOf } from '../../src/kube/kind.ts';
import { upstreamDefinitions } from '../_support/gateway-api/upstream-definitions.ts';
import { aSecret, certificateOf } from '../_support/world/a-secret.ts';
import { aService, problemLines, translated, type Manifest } from '../_support/world/builders.ts';
import {
  aConfigMap,
  aGateway,
  aGatewayClass,
  aGatewayListener,
  aGrant,
  aGrpcRoute,
  aListenerSet,
  anHttpRoute,
  aTlsListener,
} from '../_support/world/gateway-api/builders.ts';

/** The fields of a schema that name an object, perhaps of another namespace. */
const referencesIn = (schema: Schema, path: string): readonly string[] => {
  const { properties = {}, items } = schema;
  return [
    ...('name' in properties && 'namespace' in properties ? [path] : []),
    ...Object.entries(properties).flatMap(([name, inner]) =>
      referencesIn(inner, `${path}.${name}`),
    ),
    ...(items === undefined ? [] : referencesIn(items, `${path}[]`)),
  ];
};

const upstream = async (): Promise<readonly string[]> => {
  const ours = new Set<string>(kindsOf('gateway'));
  return (await upstreamDefinitions('standard'))
    .filter(({ spec }) => ours.has(spec.names.kind))
    .flatMap(({ spec }) => {
      const version = spec.versions.find(({ served }) => served);
      const schema = version?.schema.openAPIV3Schema?.properties?.['spec'];
      return schema === undefined
        ? []
        : referencesIn(schema, 'spec').map((path) => `${spec.names.kind} ${path}`);
    })
    .sort();
};

/** Fields about which a grant says nothing, and who does. */
const elsewhere = {
  'GRPCRoute spec.parentRefs[]': 'allowedRoutes of the listener',
  'GatewayClass spec.parametersRef': 'nobody: no kind of parameters is known',
  'HTTPRoute spec.parentRefs[]': 'allowedRoutes of the listener',
  'ListenerSet spec.parentRef': 'allowedListeners of the Gateway',
};

const secret = { name: 'cert', namespace: 'shop' };
const authority = { group: '', kind: 'ConfigMap', name: 'ca', namespace: 'shop' };
const validation = { caCertificateRefs: [authority] };
const service = { name: 'web', port: 80, namespace: 'shop' };
const mirroring = [{ type: 'RequestMirror', requestMirror: { backendRef: service } }];
const own = { name: 'web', port: 80 };

const withTls = (tls: object): Manifest =>
  aGateway('default/gw', { listeners: [aTlsListener()], tls });

const withFrontend = (frontend: object): Manifest => withTls({ frontend });

/** An object whose field names an object of the namespace `shop`, and what kind that is. */
const granted: Readonly<Record<string, readonly [object: Manifest, to: string]>> = {
  'GRPCRoute spec.rules[].backendRefs[]': [
    aGrpcRoute('default/r', { rules: [{ backendRefs: [service] }] }),
    'Service',
  ],
  'GRPCRoute spec.rules[].backendRefs[].filters[].requestMirror.backendRef': [
    aGrpcRoute('default/r', { rules: [{ backendRefs: [{ ...own, filters: mirroring }] }] }),
    'Service',
  ],
  'GRPCRoute spec.rules[].filters[].requestMirror.backendRef': [
    aGrpcRoute('default/r', { rules: [{ backendRefs: [own], filters: mirroring }] }),
    'Service',
  ],
  'Gateway spec.listeners[].tls.certificateRefs[]': [
    aGateway('default/gw', { listeners: [aTlsListener({ tls: { certificateRefs: [secret] } })] }),
    'Secret',
  ],
  'Gateway spec.tls.backend.clientCertificateRef': [
    withTls({ backend: { clientCertificateRef: secret } }),
    'Secret',
  ],
  'Gateway spec.tls.frontend.default.validation.caCertificateRefs[]': [
    withFrontend({ default: { validation } }),
    'ConfigMap',
  ],
  'Gateway spec.tls.frontend.perPort[].tls.validation.caCertificateRefs[]': [
    withFrontend({ default: {}, perPort: [{ port: 443, tls: { validation } }] }),
    'ConfigMap',
  ],
  'HTTPRoute spec.rules[].backendRefs[]': [
    anHttpRoute('default/r', { rules: [{ backendRefs: [service] }] }),
    'Service',
  ],
  'HTTPRoute spec.rules[].backendRefs[].filters[].requestMirror.backendRef': [
    anHttpRoute('default/r', { rules: [{ backendRefs: [{ ...own, filters: mirroring }] }] }),
    'Service',
  ],
  'HTTPRoute spec.rules[].filters[].requestMirror.backendRef': [
    anHttpRoute('default/r', { rules: [{ backendRefs: [own], filters: mirroring }] }),
    'Service',
  ],
  'ListenerSet spec.listeners[].tls.certificateRefs[]': [
    aListenerSet('default/set', {
      listeners: [aTlsListener({ tls: { certificateRefs: [secret] } })],
    }),
    'Secret',
  ],
};

test('a grant, or something else that is known, decides about every field that names an object of another namespace', async (t) => {
  t.deepEqual([...Object.keys(granted), ...Object.keys(elsewhere)].sort(), await upstream());
});

/** All there is to refer to, and a Gateway for what needs one. */
const around: readonly Manifest[] = ['default', 'shop'].flatMap((namespace) => [
  aService(`${namespace}/web`, { ports: [{ port: 80 }] }),
  aSecret(`${namespace}/cert`),
  aConfigMap(`${namespace}/ca`, certificateOf('one')),
]);

const gateway = aGateway('default/gw', {
  listeners: [aGatewayListener()],
  allowedListeners: { namespaces: { from: 'Same' } },
});

const grant = (from: string, to: string): Manifest =>
  aGrant('shop/g', 'default', {
    from: [{ group: 'gateway.networking.k8s.io', kind: from, namespace: 'default' }],
    to: [{ group: '', kind: to }],
  });

const refused = (object: Manifest, ...grants: readonly Manifest[]): readonly string[] => {
  const gateways = object.kind === 'Gateway' ? [] : [gateway];
  return problemLines(translated(aGatewayClass(), ...gateways, ...around, object, ...grants));
};

for (const [field, [object, to]] of Object.entries(granted))
  test(`a grant decides about ${field}`, (t) => {
    const [kind = ''] = field.split(' ');
    const isRefused = /of another namespace cannot be used/;
    t.regex(refused(object).join('\n'), isRefused);
    t.deepEqual(refused(object, grant(kind, to)), []);
    t.regex(refused(object, grant(kind, 'Odd')).join('\n'), isRefused);
    t.regex(refused(object, grant('Odd', to)).join('\n'), isRefused);
  });

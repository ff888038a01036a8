import test from 'ava';

import { keys, values } from '../../../../../src/collection/collection.ts';
import {
  answersOf,
  authorities,
  conditionsOf,
  inForce,
  policyWith,
  policyWorld,
  ref,
  reportOf,
  serversOf,
} from '../../../../_support/gateway/policy-world.ts';
import {
  aService,
  createdIn,
  problemLines,
  type Manifest,
} from '../../../../_support/world/builders.ts';
import {
  aGateway,
  aGatewayListener,
  anHttpRoute,
  aTlsPolicy,
} from '../../../../_support/world/gateway-api/builders.ts';

test('TLS is spoken to all ports of a Service', (t) => {
  const translation = policyWorld(authorities, aTlsPolicy('default/p'));
  t.deepEqual(serversOf(translation), ['web_default_80 web.example', 'web_default_81 web.example']);
  const [cluster] = values(translation.ir.clusters);
  t.deepEqual(cluster?.tls, {
    sni: 'web.example',
    verify: {
      trust: 'trust://configmap/default/ca',
      names: [{ _tag: 'Dns', name: 'web.example' }],
    },
  });
  t.deepEqual([...keys(translation.ir.trustBundles)], ['trust://configmap/default/ca']);
  t.deepEqual(conditionsOf(translation, 'default/p'), inForce);
  t.deepEqual(problemLines(translation), []);
});

test('TLS is spoken to the port that a policy names alone', (t) => {
  const translation = policyWorld(
    authorities,
    aTlsPolicy('default/p', {
      targetRefs: [{ group: '', kind: 'Service', name: 'web', sectionName: 'two' }],
    }),
  );
  t.deepEqual(serversOf(translation), ['web_default_80 -', 'web_default_81 web.example']);
});

test('names that the certificate may have take the place of the server', (t) => {
  const translation = policyWorld(
    authorities,
    aTlsPolicy('default/p', {
      validation: {
        hostname: 'web.example',
        caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }],
        subjectAltNames: [
          { type: 'URI', uri: 'spiffe://web' },
          { type: 'Hostname', hostname: 'other.example' },
        ],
      },
    }),
  );
  const [cluster] = values(translation.ir.clusters);
  t.like(cluster?.tls, {
    sni: 'web.example',
    verify: {
      names: [
        { _tag: 'Uri', uri: 'spiffe://web' },
        { _tag: 'Dns', name: 'other.example' },
      ],
    },
  });
});

test('of several authorities those that can be used are trusted, and the others are told', (t) => {
  const translation = policyWorld(
    authorities,
    policyWith({ caCertificateRefs: [ref({}), ref({ name: 'nowhere' })] }),
  );
  t.deepEqual(serversOf(translation), ['web_default_80 web.example', 'web_default_81 web.example']);
  t.deepEqual(conditionsOf(translation, 'default/p'), [
    'Accepted True Accepted',
    'ResolvedRefs False InvalidCACertificateRef',
  ]);
});

const forServer = (key: string, hostname: string, target: object = {}): Manifest =>
  aTlsPolicy(key, {
    targetRefs: [{ group: '', kind: 'Service', name: 'web', ...target }],
    validation: { hostname, caCertificateRefs: [ref({})] },
  });

test('the oldest of several policies for a Service is in force', (t) => {
  const translation = policyWorld(
    authorities,
    createdIn(2021, forServer('default/a', 'young.example')),
    createdIn(2020, forServer('default/b', 'old.example')),
  );
  t.deepEqual(serversOf(translation), ['web_default_80 old.example', 'web_default_81 old.example']);
  t.deepEqual(conditionsOf(translation, 'default/b'), inForce);
  t.deepEqual(conditionsOf(translation, 'default/a'), [
    'Accepted False Conflicted',
    'ResolvedRefs True ResolvedRefs',
  ]);
  t.regex(
    problemLines(translation).join('\n'),
    /^BackendTLSPolicy default\/a: spec\.targetRefs\[0\]: another policy is in force for Service default\/web, because it is older \(created 2020.*\); BackendTLSPolicy default\/b wins$/,
  );
});

test('of policies of one age the first by name is in force', (t) => {
  const translation = policyWorld(
    authorities,
    forServer('default/b', 'b.example'),
    forServer('default/a', 'a.example'),
  );
  t.deepEqual(serversOf(translation), ['web_default_80 a.example', 'web_default_81 a.example']);
});

test('a policy for a port does not conflict with one for its Service', (t) => {
  const translation = policyWorld(
    authorities,
    createdIn(2020, forServer('default/a', 'all.example')),
    createdIn(2021, forServer('default/b', 'two.example', { sectionName: 'two' })),
  );
  t.deepEqual(serversOf(translation), ['web_default_80 all.example', 'web_default_81 two.example']);
  t.deepEqual(conditionsOf(translation, 'default/a'), inForce);
  t.deepEqual(conditionsOf(translation, 'default/b'), inForce);
});

test('an older policy that cannot be followed is not replaced by a younger one', (t) => {
  const translation = policyWorld(
    authorities,
    createdIn(2020, aTlsPolicy('default/a', { validation: { hostname: 'web.example' } })),
    createdIn(2021, forServer('default/b', 'young.example')),
  );
  t.deepEqual(answersOf(translation), [500, 500]);
});

test('a policy for a port that the Service does not have is not accepted', (t) => {
  const translation = policyWorld(
    authorities,
    forServer('default/p', 'a.example', { sectionName: 'x' }),
  );
  t.deepEqual(conditionsOf(translation, 'default/p'), [
    'Accepted False TargetNotFound',
    'ResolvedRefs True ResolvedRefs',
  ]);
  t.deepEqual(serversOf(translation), ['web_default_80 -', 'web_default_81 -']);
});

test('owners of policies are told for each Gateway whose routes use the Service, and for no other', (t) => {
  const translation = policyWorld(
    authorities,
    aGateway('default/other', { listeners: [aGatewayListener({ name: 'x' })] }),
    aGateway('default/unused'),
    anHttpRoute('default/s', {
      parentRefs: [{ name: 'other' }],
      rules: [{ backendRefs: [{ name: 'web', port: 80 }] }],
    }),
    aTlsPolicy('default/p'),
  );
  t.deepEqual(
    reportOf(translation, 'default/p')?.ancestors?.map(({ parentRef }) => parentRef),
    ['gw', 'other'].map((name) => ({
      group: 'gateway.networking.k8s.io',
      kind: 'Gateway',
      namespace: 'default',
      name,
    })),
  );
});

test('nothing is told of a policy for a Service that no route uses', (t) => {
  const translation = policyWorld(
    authorities,
    aService('default/other', { ports: [{ port: 80 }] }),
    forServer('default/p', 'a.example', { name: 'other' }),
  );
  t.is(reportOf(translation, 'default/p'), undefined);
});

test('options and targets that have no effect are told', (t) => {
  const translation = policyWorld(
    authorities,
    aTlsPolicy('default/p', {
      targetRefs: [{ group: 'odd.example', kind: 'Odd', name: 'web' }],
      options: { 'odd.example/min': '1.3' },
    }),
  );
  t.deepEqual(problemLines(translation), [
    'BackendTLSPolicy default/p: spec.targetRefs[0].kind: expected a Service of the core group, got Odd',
    'BackendTLSPolicy default/p: spec.options: no option "odd.example/min" is known; it has no effect',
  ]);
});

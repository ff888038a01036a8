import test from 'ava';

import { keys, values } from '../../../../../src/collection/collection.ts';
import {
  answersOf,
  authorities,
  conditionsOf,
  policyWith,
  inForce,
  policyWorld,
  policyWorldWithSystem,
  ref,
} from '../../../../_support/gateway/policy-world.ts';
import { certificateOf } from '../../../../_support/world/a-secret.ts';
import { problemLines, type Manifest } from '../../../../_support/world/builders.ts';
import { aConfigMap, aTlsPolicy } from '../../../../_support/world/gateway-api/builders.ts';

const closes = test.macro({
  exec(t, objects: readonly Manifest[], conditions: readonly string[], problem: string) {
    const translation = policyWorld(...objects);
    t.deepEqual(conditionsOf(translation, 'default/p'), conditions);
    t.deepEqual(answersOf(translation), [500, 500]);
    t.deepEqual([...keys(translation.ir.clusters)], []);
    t.true(
      problemLines(translation).includes(`BackendTLSPolicy default/p: ${problem}`),
      problemLines(translation).join('\n'),
    );
  },
  title: (name = '') => `nothing is sent to a Service whose policy cannot be followed: ${name}`,
});

const noAuthority = 'Accepted False NoValidCACertificate';

test(
  'authorities that do not exist',
  closes,
  [aTlsPolicy('default/p')],
  [noAuthority, 'ResolvedRefs False InvalidCACertificateRef'],
  'spec.validation.caCertificateRefs[0]: ConfigMap default/ca does not exist',
);
test(
  'a ConfigMap without a certificate',
  closes,
  [aConfigMap('default/ca', ''), aTlsPolicy('default/p')],
  [noAuthority, 'ResolvedRefs False InvalidCACertificateRef'],
  'spec.validation.caCertificateRefs[0]: ca.crt of ConfigMap default/ca holds no PEM certificate',
);
test(
  'a kind that is not known',
  closes,
  [policyWith({ caCertificateRefs: [ref({ group: 'odd.example', kind: 'Odd' })] })],
  [noAuthority, 'ResolvedRefs False InvalidKind'],
  'spec.validation.caCertificateRefs[0].kind: expected ConfigMap, got "Odd.odd.example"',
);
test(
  'well-known authorities that are not known',
  closes,
  [policyWith({ wellKnownCACertificates: 'odd.example/ours' })],
  ['Accepted False Invalid', 'ResolvedRefs True ResolvedRefs'],
  'spec.validation.wellKnownCACertificates: expected System, got odd.example/ours',
);
test(
  'the authorities of the system, which no operator named',
  closes,
  [policyWith({ wellKnownCACertificates: 'System' })],
  ['Accepted False Invalid', 'ResolvedRefs True ResolvedRefs'],
  'spec.validation.wellKnownCACertificates: expected caCertificateRefs, because --system-authorities is not set, got System',
);
test(
  'the authorities of the system and others',
  closes,
  [authorities, policyWith({ wellKnownCACertificates: 'System', caCertificateRefs: [ref({})] })],
  ['Accepted False Invalid', 'ResolvedRefs True ResolvedRefs'],
  'spec.validation.wellKnownCACertificates: expected none beside caCertificateRefs, got System',
);
test(
  'no authorities',
  closes,
  [policyWith({})],
  ['Accepted False Invalid', 'ResolvedRefs True ResolvedRefs'],
  'spec.validation.caCertificateRefs: expected a ConfigMap with authorities, got none',
);
test(
  'a name of a type that is not known',
  closes,
  [authorities, policyWith({ caCertificateRefs: [ref({})], subjectAltNames: [{ type: 'Odd' }] })],
  ['Accepted False Invalid', 'ResolvedRefs True ResolvedRefs'],
  'spec.validation.subjectAltNames[0].type: expected Hostname or URI, got Odd',
);
test(
  'a type without a name',
  closes,
  [authorities, policyWith({ caCertificateRefs: [ref({})], subjectAltNames: [{ type: 'URI' }] })],
  ['Accepted False Invalid', 'ResolvedRefs True ResolvedRefs'],
  'spec.validation.subjectAltNames[0]: expected a name for the type URI, got none',
);
test(
  'a type with the name of another one',
  closes,
  [
    authorities,
    policyWith({
      caCertificateRefs: [ref({})],
      subjectAltNames: [{ type: 'URI', uri: 'spiffe://a', hostname: 'web.example' }],
    }),
  ],
  ['Accepted False Invalid', 'ResolvedRefs True ResolvedRefs'],
  'spec.validation.subjectAltNames[0].hostname: expected nothing beside URI, got "web.example"',
);

test('the authorities of the system are those that the operator named', (t) => {
  const translation = policyWorldWithSystem(policyWith({ wellKnownCACertificates: 'System' }));
  t.deepEqual(conditionsOf(translation, 'default/p'), inForce);
  t.deepEqual(
    [...values(translation.ir.trustBundles)],
    [{ name: 'trust://system', authorities: certificateOf('two'), from: [] }],
  );
  for (const { tls } of values(translation.ir.clusters)) t.is(tls?.verify?.trust, 'trust://system');
});

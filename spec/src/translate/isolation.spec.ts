import test from 'ava';

import { get } from '../../../src/collection/collection.ts';
import { atOnce } from '../../../src/collection/work.ts';
import { grantsByNamespace } from '../../../src/translate/grants.ts';
import { mayRefer } from '../../../src/translate/isolation.ts';
import type { TranslateOptions } from '../../../src/translate/translate-options.ts';
import { storeOf } from '../../_support/world/builders.ts';
import { aGrant } from '../../_support/world/gateway-api/builders.ts';

const grant = (key: string, kind: string, namespace: string, to: object = {}) =>
  aGrant(key, namespace, {
    from: [{ group: 'getambassador.io', kind, namespace }],
    to: [{ group: '', kind: 'Secret', ...to }],
  });

const options: TranslateOptions = {
  ambassadorId: 'default',
  namespace: 'headgate',
  trustedNamespaces: ['edge'],
  referenceGrants: [
    { from: 'shop', to: 'certs' },
    { from: '*', to: 'common' },
    { from: 'auditor', to: '*' },
  ],
};

/** Hosts of `wiki` may name the Secret `cert` of `keys`, and Mappings of `press` all Secrets there. */
const grants = atOnce(grantsByNamespace)(
  undefined,
  storeOf(
    grant('keys/one', 'Host', 'wiki', { name: 'cert' }),
    grant('keys/two', 'Mapping', 'press'),
    grant('other/one', 'Host', 'press', { name: 'another' }),
  ).objects.ReferenceGrant,
).output;

const refers = test.macro({
  exec(t, isolation: boolean, reference: string, expected: boolean) {
    const [from = '', to = ''] = reference.split(' → ');
    t.is(
      mayRefer({ ...options, isolation })(
        { group: 'getambassador.io', kind: 'Host', namespace: from },
        { group: '', kind: 'Secret', namespace: to, name: 'cert' },
        (namespace) => get(grants, namespace),
      ),
      expected,
    );
  },
  title: (_, isolation: boolean, reference: string, expected: boolean) =>
    `${isolation ? 'isolated: ' : ''}${reference} ${expected ? 'is allowed' : 'is not allowed'}`,
});

test(refers, false, 'blog → shop', true);
test(refers, true, 'blog → shop', false);
test(refers, true, 'blog → blog', true);
test(refers, true, 'headgate → shop', true);
test(refers, true, 'edge → shop', true);
test(refers, true, 'blog → headgate', false);
test(refers, true, 'blog → edge', false);
test(refers, true, 'shop → certs', true);
test(refers, true, 'certs → shop', false);
test(refers, true, 'blog → certs', false);
test(refers, true, 'blog → common', true);
test(refers, true, 'auditor → shop', true);
test(refers, true, 'wiki → keys', true);
test(refers, true, 'press → keys', false);
test(refers, true, 'keys → wiki', false);
test(refers, true, 'press → other', false);

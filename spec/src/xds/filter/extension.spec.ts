import test from 'ava';

import { extension } from '../../../../src/xds/filter/extension.ts';

const made = () =>
  extension('emissary.AuthService', {
    ...{ _tag: 'ExtAuth', asks: { _tag: 'Grpc' }, cluster: 'auth', timeout: 5000 },
    from: ['AuthService default/auth'],
  });

test('what is made of equal filters is equal', (t) => {
  t.deepEqual(made(), made());
});

test('without its cluster it lets nothing pass, as one that is unavailable', (t) => {
  const name = 'emissary.AuthService';
  const closed = extension(name, { _tag: 'Unavailable', kind: 'ExtAuth', from: [] });
  t.deepEqual(made()?.needs, { cluster: 'auth', orElse: closed });
});

test('a limit without its cluster says itself what becomes of requests', (t) => {
  const limit = extension('RateLimitService default/limits', {
    ...{ _tag: 'RateLimit', cluster: 'limits', domain: 'ambassador', timeout: 20 },
    ...{ deniesOnFailure: true, resourceExhausted: false, from: [] },
  });
  t.is(limit?.needs, undefined);
});

test('it sends to its cluster and to no other', (t) => {
  t.true(made()?.sendsTo?.('auth'));
  t.false(made()?.sendsTo?.('web'));
});

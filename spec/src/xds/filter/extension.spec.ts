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

test('it sends to its cluster and to no other', (t) => {
  t.true(made()?.sendsTo?.('auth'));
  t.false(made()?.sendsTo?.('web'));
});

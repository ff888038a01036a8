import test from 'ava';

import { values } from '../../../../../src/collection/collection.ts';
import { usersOf } from '../../../../../src/ir/cluster-users.ts';
import { aSecret } from '../../../../_support/world/a-secret.ts';
import {
  aGuard,
  aHost,
  aListener,
  aMapping,
  translated,
  type Manifest,
} from '../../../../_support/world/builders.ts';

const world: readonly Manifest[] = [
  aListener('default/http'),
  aHost('default/all'),
  aSecret('default/cert'),
  aGuard('TLSContext', 'default/strict', { ca_secret: 'cert', secret_namespacing: false }),
];

/** The objects behind each cluster, sorted. */
const users = (...objects: readonly Manifest[]): readonly (readonly string[])[] => {
  const { ir } = translated(...world, ...objects);
  return [...values(ir.clusters)].map(({ name }) => [...usersOf(ir.clusterUsers, name)].sort());
};

const strict = { tls: 'strict' };
const auth = (key: string, spec: object = strict): Manifest =>
  aGuard('AuthService', key, { auth_service: key.replace('/', '-'), ...spec });

const limit = aGuard('RateLimitService', 'default/limit', {
  ...{ service: 'limit', protocol_version: 'v3' },
  ...strict,
});

test('a TLSContext is behind the cluster of an AuthService that names it', (t) => {
  t.deepEqual(users(auth('default/one')), [
    ['AuthService default/one', 'TLSContext default/strict'],
  ]);
  t.deepEqual(users(auth('default/one', {})), [['AuthService default/one']]);
});

test('it is behind the one cluster of several AuthServices', (t) => {
  t.deepEqual(users(auth('default/one'), auth('default/two')), [
    ['AuthService default/one', 'AuthService default/two', 'TLSContext default/strict'],
  ]);
});

test('it is behind the cluster of a RateLimitService', (t) => {
  t.deepEqual(users(limit), [['RateLimitService default/limit', 'TLSContext default/strict']]);
});

test('it is behind all clusters that name it, also those of objects of one name', (t) => {
  const sets = users(
    auth('default/a'),
    aGuard('RateLimitService', 'default/a', { service: 'l', protocol_version: 'v3', ...strict }),
    aMapping('default/a', { service: 'web', ...strict }),
  );
  t.is(sets.length, 3);
  t.true(sets.every((one) => one.includes('TLSContext default/strict')));
});

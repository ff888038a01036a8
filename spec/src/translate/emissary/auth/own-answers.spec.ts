import test from 'ava';

import { values } from '../../../../../src/collection/collection.ts';
import type { Translation } from '../../../../../src/translate/translate.ts';
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
  aSecret('default/cert'),
  aListener('default/http', { protocol: 'HTTPS' }),
  aHost('default/wide', { hostname: '*.example', tlsSecret: { name: 'cert' } }),
  aHost('default/shop', { hostname: 'shop.example', tlsSecret: { name: 'cert' } }),
  aMapping('default/shop', { hostname: 'shop.example', prefix: '/' }),
  aMapping('default/moved', {
    ...{ hostname: 'shop.example', prefix: '/moved/', service: 'else.example' },
    host_redirect: true,
  }),
];

/** What routes do, and whether the AuthService is asked before: ` asked`, or nothing. */
const actionsIn = ({ ir }: Translation): readonly string[] =>
  [
    ...new Set(
      [...values(ir.virtualHosts)].flatMap(({ routes }) =>
        routes.map(({ action, filters = [] }) => {
          const isOff = filters.some(({ settings }) => settings._tag === 'Off');
          const what = action._tag === 'Respond' ? `${action.status}` : action._tag;
          return `${what}${isOff ? '' : ' asked'}`;
        }),
      ),
    ),
  ].sort();

test('what the gateway answers itself is not asked about: redirects, and requests on the connection of another name', (t) => {
  t.deepEqual(
    actionsIn(
      translated(...world, aGuard('AuthService', 'default/auth', { auth_service: 'auth' })),
    ),
    ['421', 'Forward asked', 'Redirect'],
  );
});

test('where nobody is asked about anything, routes say nothing of it', (t) => {
  t.deepEqual(actionsIn(translated(...world)), ['421 asked', 'Forward asked', 'Redirect asked']);
});

import test from 'ava';

import { values } from '../../../../src/collection/collection.ts';
import { atOnce } from '../../../../src/collection/work.ts';
import { emissary } from '../../../../src/translate/emissary/emissary.ts';
import { translateLanguages, type Translation } from '../../../../src/translate/translate.ts';
import { plain } from '../../../_support/world/language/a-plain-language.ts';
import { aPlainService } from '../../../_support/world/language/plain-services.ts';
import { aSecret } from '../../../_support/world/a-secret.ts';
import {
  aHost,
  aListener,
  aMapping,
  storeOf,
  type Manifest,
} from '../../../_support/world/builders.ts';

const translate = atOnce(
  translateLanguages([emissary({ ambassadorId: 'default', namespace: 'default' }), plain]),
);

/** A Mapping on port 8080, and a Service of another language that asks for a filter on a port. */
const world = (port: number, limit?: number): readonly Manifest[] => [
  aSecret('default/cert'),
  aListener('default/http'),
  aHost('default/shop', { hostname: 'shop.example' }),
  aMapping('default/shop', { hostname: 'shop.example', prefix: '/' }),
  aPlainService({
    ...{ name: 'a', port, domain: 'a.example', serves: 'TLS' as const },
    ...(limit !== undefined && { limit }),
  }),
];

/** What the routes of each virtual host say of filters. */
const usesIn = ({ ir }: Translation) =>
  Object.fromEntries(
    [...values(ir.virtualHosts)].map(({ table, domain, routes }) => [
      `${table} ${domain}`,
      routes.flatMap(({ filters = [] }) =>
        filters.map(({ filter, settings }) => `${filter}: ${settings._tag}`),
      ),
    ]),
  );

test('on a shared listener the routes of another language do not pass a filter, nor one that may come; nor does what is no language', (t) => {
  t.deepEqual(usesIn(translate(undefined, storeOf(...world(8080, 10)))), {
    'listener-8080/cleartext shop.example': ['Service plain/a limit: Off'],
    'listener-8080/cleartext a.example': ['emissary.AuthService: Off'],
    'listener-8080/tls/a.example a.example': ['emissary.AuthService: Off'],
    'listener-8080/tls/a.example *': ['Service plain/a limit: Off'],
  });
});

test('on a listener of its own a filter is no matter of others', (t) => {
  const { ir } = translate(undefined, storeOf(...world(9000, 10)));
  const [host] = [...values(ir.virtualHosts)].filter(({ domain }) => domain === 'shop.example');
  t.is(host?.routes[0]?.filters, undefined);
});

test('a filter that comes and goes changes the routes of others, and leaves no trace', (t) => {
  const without = translate(undefined, storeOf(...world(8080)));
  const with_ = translate(without, storeOf(...world(8080, 10)));
  const after = translate(with_, storeOf(...world(8080)));
  t.deepEqual(usesIn(with_), usesIn(translate(undefined, storeOf(...world(8080, 10)))));
  t.deepEqual(usesIn(after), usesIn(without));
});

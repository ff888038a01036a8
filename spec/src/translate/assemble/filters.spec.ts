import test from 'ava';

import { get, keys, values } from '../../../../src/collection/collection.ts';
import { atOnce } from '../../../../src/collection/work.ts';
import { filtersOf } from '../../../../src/ir/filter-chain.ts';
import { emissary } from '../../../../src/translate/emissary/emissary.ts';
import { sharedFilters } from '../../../../src/translate/assemble/filters.ts';
import { translateLanguages, type Translation } from '../../../../src/translate/translate.ts';
import { plain } from '../../../_support/world/language/a-plain-language.ts';
import { aPlainService } from '../../../_support/world/language/plain-services.ts';
import { aSecret } from '../../../_support/world/a-secret.ts';
import { aHost, aListener, storeOf, type Manifest } from '../../../_support/world/builders.ts';

const translate = atOnce(
  translateLanguages([emissary({ ambassadorId: 'default', namespace: 'default' }), plain]),
);

const translated = (...objects: readonly Manifest[]): Translation =>
  translate(undefined, storeOf(aSecret('default/cert'), ...objects));

const listedBy = ({ ir }: Translation, chain: `${string} ${string}`): readonly string[] => {
  const found = get(ir.filterChains, chain);
  return found === undefined ? [] : filtersOf(found);
};

const limited = (limit?: number): Manifest =>
  aPlainService({
    name: 'a',
    port: 9000,
    domain: 'a.example',
    serves: 'TLS',
    ...(limit !== undefined && { limit }),
  });

/** What Emissary's listeners list without a Module. */
const ofEmissary = [
  'envoy.filters.http.cors',
  'emissary probe /ambassador/v0/check_alive',
  'emissary probe /ambassador/v0/check_ready',
  'emissary.AuthService',
];

const shop = [aListener('default/http'), aHost('default/shop', { hostname: 'shop.example' })];

test('a filter is listed by every chain of the listeners it is for, and by no other', (t) => {
  const translation = translated(...shop, limited(10));
  const both = ['envoy.filters.http.cors', 'Service plain/a limit'];
  t.deepEqual(listedBy(translation, 'listener-9000 cleartext'), both);
  t.deepEqual(listedBy(translation, 'listener-9000 tls/a.example'), both);
  t.deepEqual(listedBy(translation, 'listener-8080 cleartext'), ofEmissary);
  t.deepEqual(get(translation.ir.filters, 'Service plain/a limit'), {
    _tag: 'Buffer',
    maxRequestBytes: 10,
    from: ['Service plain/a'],
  });
});

test('other settings of a filter change the filter and no chain', (t) => {
  const before = translated(...shop, limited(10));
  const after = translate(before, storeOf(aSecret('default/cert'), ...shop, limited(11)));
  t.like(get(after.ir.filters, 'Service plain/a limit'), { maxRequestBytes: 11 });
  t.is(after.ir.filterChains, before.ir.filterChains);
  t.is(after.ir.listeners, before.ir.listeners);
});

test('where no language brings a filter there is the one for CORS, always the same', (t) => {
  const plainly = atOnce(translateLanguages([plain]));
  const before = plainly(undefined, storeOf(aSecret('default/cert'), limited()));
  const after = plainly(before, storeOf(aSecret('default/cert'), limited(), ...shop));
  t.deepEqual([...keys(before.ir.filters)], ['envoy.filters.http.cors']);
  t.is(after.ir.filters, before.ir.filters);
  for (const chain of values(after.ir.filterChains)) t.is(filtersOf(chain), sharedFilters);
});

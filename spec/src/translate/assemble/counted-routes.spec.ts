import test from 'ava';

import { from, get } from '../../../../src/collection/collection.ts';
import { atOnce } from '../../../../src/collection/work.ts';
import { virtualHostKey, type VirtualHost } from '../../../../src/ir/virtual-host.ts';
import { countedRoutes } from '../../../../src/translate/assemble/counted-routes.ts';
import { aRoute, aVirtualHost } from '../../../_support/world/an-ir.ts';

const counted = atOnce(countedRoutes);

const keyed = (host: VirtualHost) => [virtualHostKey('web', host.domain), host] as const;

test('each route is counted under its name, which is that of its object', (t) => {
  const shop = aRoute({ name: 'Mapping demo/shop' });
  const host = aVirtualHost('a.example', shop, aRoute({ name: 'HTTPRoute demo/b rule 2' }));
  const { output } = counted(undefined, from([keyed(host)]));
  t.deepEqual(
    get(output, virtualHostKey('web', 'a.example'))?.routes.map(({ statPrefix }) => statPrefix),
    ['Mapping demo/shop', 'HTTPRoute demo/b rule 2'],
  );
});

test('a route that stays the same object does so when others change, and in every domain', (t) => {
  const shop = aRoute();
  const first = counted(undefined, from([keyed(aVirtualHost('a.example', shop))]));
  const hosts = [aVirtualHost('a.example', shop, aRoute()), aVirtualHost('b.example', shop)];
  const next = counted(first, from(hosts.map(keyed)));
  const [before, after, other] = [
    get(first.output, virtualHostKey('web', 'a.example')),
    get(next.output, virtualHostKey('web', 'a.example')),
    get(next.output, virtualHostKey('web', 'b.example')),
  ].map((host) => host?.routes[0]);
  t.not(before, undefined);
  t.is(after, before);
  t.is(other, before);
});

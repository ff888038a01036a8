import test from 'ava';

import { values } from '../../../../../src/collection/collection.ts';
import { aHost, aListener, aMapping, translated } from '../../../../_support/world/builders.ts';

type Spec = Readonly<Record<string, unknown>>;

/** What a cluster is called in statistics, of a Mapping in this namespace of an installation in `default`. */
const calls = test.macro({
  exec(t, namespace: string, spec: Spec, expected: string) {
    const mapping = aMapping(`${namespace}/a`, { prefix: '/', ...spec });
    const { ir } = translated(aListener(), aHost('default/all'), mapping);
    t.deepEqual(
      [...values(ir.clusters)].map(({ statName }) => statName),
      [expected],
    );
  },
  title: (_, namespace, spec, expected) =>
    `statistics of ${JSON.stringify(spec)} in ${namespace} are called ${expected}`,
});

test(calls, 'default', { service: 'web' }, 'web');
test(calls, 'shop', { service: 'web' }, 'web_shop');
test(calls, 'shop', { service: 'web:81' }, 'web_shop_81');
test(calls, 'shop', { service: 'web.news' }, 'web_news');
test(calls, 'default', { service: 'web:81', resolver: 'endpoint' }, 'web_default_81');
test(calls, 'shop', { service: '192.0.2.1:81' }, '192_0_2_1_81');
test(calls, 'shop', { service: 'web', stats_name: 'mine' }, 'mine');

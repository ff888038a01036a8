import test from 'ava';

import { from, set, type Collection } from '../../../../src/collection/collection.ts';
import { standing } from '../../../../src/cli/serve/standing.ts';
import type { Cluster } from '../../../../src/ir/cluster.ts';
import type { Endpoints, EndpointsName } from '../../../../src/ir/endpoints.ts';
import type { Port } from '../../../../src/ir/port.ts';
import { storeWithoutObjects } from '../../../../src/kube/store/object-store.ts';
import { translate, type Translation } from '../../../../src/translate/translate.ts';

const none = { inSync: 0, behind: { snapshots: 0, milliseconds: 0 } };
const envoys = { local: none, remote: none };

const nothing = translate({ ambassadorId: 'default', namespace: 'default' })(
  undefined,
  storeWithoutObjects,
);

const web: EndpointsName = 'shop/web:80';

test('before anything is published there is nothing to tell', async (t) => {
  const read = standing({
    latest: () => undefined,
    publishedAt: () => undefined,
    envoys: () => envoys,
  });
  const nothingYet = {
    clustersWithoutEndpoints: 0,
    certificates: 0,
    expiries: [],
    revocations: [],
  };
  t.deepEqual(await read(), { envoys, ...nothingYet });
});

test('what has not changed since the last scrape is not looked at again', async (t) => {
  let looks = 0;
  const cluster = {
    get discovery() {
      looks += 1;
      return { _tag: 'Eds', endpoints: web };
    },
  } as Cluster;
  const clusters = from([['web', cluster]]);
  const empty: Endpoints = { name: web, endpoints: [], from: [] };
  const translationOf = (endpoints: Collection<EndpointsName, Endpoints>): Translation => ({
    ...nothing,
    ir: { ...nothing.ir, clusters, endpoints },
  });
  let translation = translationOf(from([[web, empty]]));
  const read = standing({
    latest: () => ({ translation }),
    publishedAt: () => 5,
    envoys: () => envoys,
  });

  t.is((await read()).clustersWithoutEndpoints, 1);
  translation = { ...translation, ir: { ...translation.ir } };
  t.is((await read()).clustersWithoutEndpoints, 1);
  t.is((await read()).publishedAt, 5);
  t.is(looks, 1);

  const served = { ...empty, endpoints: [{ address: '192.0.2.1', port: 80 as Port }] };
  translation = translationOf(set(translation.ir.endpoints, web, served));
  t.is((await read()).clustersWithoutEndpoints, 0);
  t.is(looks, 2);
});

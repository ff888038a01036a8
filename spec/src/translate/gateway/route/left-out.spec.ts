import test from 'ava';

import { from } from '../../../../../src/collection/collection.ts';
import { finish } from '../../../../../src/collection/work.ts';
import { segmentMatch } from '../../../../../src/ir/segment.ts';
import { leftOut } from '../../../../../src/translate/gateway/route/left-out.ts';
import type { HostedRoutes } from '../../../../../src/translate/gateway/route/route-order.ts';
import { mostWide, wideRoutes } from '../../../../../src/translate/gateway/route/wide-routes.ts';
import { aRoute } from '../../../../_support/world/an-ir.ts';

const name = 'Gateway default/gw http listener-0 *';

test('another narrower hostname costs no look at the routes of each object that is left out', (t) => {
  let looks = 0;
  const match = { path: segmentMatch('/a', true), headers: [], queryParameters: [] };
  const routes: HostedRoutes['routes'] = Array.from({ length: mostWide + 1 }, () => ({
    route: aRoute({ match }),
    order: {
      ...{ path: 'PathPrefix', pathLength: 2, hasMethod: false, headers: 0, queryParams: 0 },
      ...{ rule: 0, match: 0, part: 0 },
    },
  }));
  const hosted = from(
    Array.from({ length: 50 }, (_, i): readonly [string, HostedRoutes] => [
      `a${i}`,
      {
        ref: `HTTPRoute default/a${i}`,
        get routes() {
          looks += 1;
          return routes;
        },
      },
    ]),
  );
  const table = from([[name, hosted]]);
  const closing = wideRoutes(hosted, name).routes.flatMap((one) => one.closing ?? []);
  const hostOf = (domain: string) =>
    [`table ${domain}`, { table: 'table', domain, from: [], routes: closing }] as const;
  const [first, second] = [hostOf('b.example'), hostOf('c.example')];
  const before = finish(leftOut(undefined, from([first]), table));
  looks = 0;
  const after = finish(leftOut(before, from([first, second]), table));
  t.is(after.problems.output.size, 1);
  t.is(looks, 0);
});

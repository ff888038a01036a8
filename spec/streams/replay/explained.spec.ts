import test from 'ava';
import { map } from 'rxjs';

import { showExplanation } from '../../../src/journal/explain.ts';
import { untimedPipeline } from '../../../streams/pipeline.ts';
import { explained } from '../../../streams/replay/explained.ts';
import { marbles } from '../../_support/property/marbles.ts';
import { aBatch, eventsOf } from '../../_support/world/batches.ts';
import { host, listener, mapping } from '../../_support/world/manifests.ts';

const [first = [], second = [], third = []] = eventsOf(
  listener + host + mapping('cart'),
  listener + host + mapping('cart') + mapping('shop'),
  listener + host + mapping('shop'),
);
const batches = { a: aBatch(0, ...first), b: aBatch(12, ...second), c: aBatch(30, ...third) };

const options = { translation: { ambassadorId: 'default', namespace: 'default' } };

/** Without the names that hashes are part of. */
const text$ = map((lines: readonly string[]) =>
  lines.map((line) => line.replace(/^( {2}.) (\w+) \S+/, '$1 $2')),
);

test(
  'names for each changed resource the object that changed it',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const batches$ = hot('-a-b-c-|', batches);
    const subs = '        ^------!';
    const expected = '    -x-y-z-|';

    const explained$ = batches$.pipe(
      untimedPipeline(options),
      explained(),
      map(showExplanation),
      text$,
      map((lines) => lines.filter((line) => !line.startsWith('#1'))),
    );
    expectObservable(explained$).toBe(expected, {
      x: [
        '  + Cluster (Mapping default/cart)',
        '  + Listener (Listener default/http)',
        '  + ScopedRoutes (Mapping default/cart, Host default/all)',
        '  + Extension listener-8080/cleartext (Listener default/http)',
        // The filter of AuthServices, which every Listener lists, also where there is none.
        '  + Extension (Listener default/http)',
      ],
      y: [
        '#2 at 12 ms: Mapping default/shop',
        '  + Cluster (Mapping default/shop)',
        '  ~ ScopedRoutes (Mapping default/shop)',
      ],
      z: [
        '#3 at 30 ms: Mapping default/cart deleted',
        '  - Cluster (Mapping default/cart)',
        '  ~ ScopedRoutes (Mapping default/cart)',
      ],
    });
    expectSubscriptions(batches$.subscriptions).toBe(subs);
  }),
);

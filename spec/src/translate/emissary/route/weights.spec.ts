import test from 'ava';

import {
  aHost,
  aListener,
  aMapping,
  problemLines,
  routesOf,
  showRoute,
  translated,
} from '../../../../_support/world/builders.ts';

/** Mappings with equal conditions and these weights, and the share of each route they become. */
const sharing = test.macro({
  exec(t, weights: readonly (number | undefined)[], shares: readonly string[], problems: number) {
    const translation = translated(
      aListener(),
      aHost('default/all'),
      ...weights.map((weight, i) =>
        aMapping(`default/m${i}`, {
          service: `s${i}`,
          ...(weight === undefined ? {} : { weight }),
        }),
      ),
    );
    t.deepEqual(
      routesOf(translation).map((route) =>
        showRoute(route).replaceAll(/cluster_|_80_default/g, ''),
      ),
      shares,
    );
    t.is(problemLines(translation).length, problems, problemLines(translation).join('\n'));
  },
  title: (_, weights: readonly (number | undefined)[]) =>
    `weights ${weights.map((weight) => weight ?? 'none').join(', ')}`,
});

test(sharing, [undefined], ['/ → s0'], 0);
test(sharing, [30], ['/ → s0'], 0);
test(sharing, [30, undefined], ['/ 30% → s0', '/ → s1'], 0);
test(sharing, [undefined, 30], ['/ 30% → s1', '/ → s0'], 0);
test(sharing, [50, 50], ['/ 50% → s0', '/ → s1'], 0);
test(sharing, [10, 20, undefined], ['/ 10% → s0', '/ 30% → s1', '/ → s2'], 0);
test(sharing, [undefined, undefined], ['/ 50% → s0', '/ → s1'], 0);
test(sharing, [undefined, undefined, undefined], ['/ 33% → s0', '/ 67% → s1', '/ → s2'], 0);
test(sharing, [40, undefined, undefined], ['/ 40% → s0', '/ 70% → s1', '/ → s2'], 0);
test(sharing, [0, undefined], ['/ → s1'], 0);
test(sharing, [0, 100], ['/ → s1'], 0);
test(sharing, [100, undefined], ['/ → s0'], 0);
test(sharing, [60, 60], ['/ 50% → s0', '/ → s1'], 2);
test(sharing, [20, 60], ['/ 25% → s0', '/ → s1'], 2);
test(sharing, [80, 80, undefined], ['/ 50% → s0', '/ → s1'], 3);
test(sharing, [0, 0], [], 2);

import test from 'ava';

import { countSteps } from './_support/property/steps.ts';

/**
 * Tries are a level deeper, and a piece of the route table holds one virtual host or two more. A single
 * step for each object that is there would be eight thousand more, which is refused.
 */
test('one change costs as many steps among ten times as many objects', async (t) => {
  const { stepsOf, end } = countSteps();
  t.teardown(end);
  const { countedPlane } = await import('./_support/property/counted-plane.ts');
  const { few, many, sharedWorlds } = await import('./_support/world/shared-worlds.ts');
  const { sharedGateways } = await import('./_support/world/gateway-api/shared-gateways.ts');
  const grown: string[] = [];
  for (const [world, objects, changes] of [...sharedWorlds, ...sharedGateways]) {
    const [small, large] = [few, many].map((n) => countedPlane(objects(n)));
    if (small === undefined || large === undefined) return t.fail();
    for (const [name, first, then] of changes) {
      const [among, amongMore] = [small, large].map(({ happen }) => {
        happen(...first);
        return stepsOf(() => happen(...then));
      });
      const line = `${world}: ${name}: ${among} steps, ${amongMore} among ten times as many`;
      t.log(line);
      const [less = 0, more = Infinity] = [among, amongMore];
      if (more > 1.5 * less || more - less > many - few) grown.push(line);
    }
  }
  t.deepEqual(grown, []);
});

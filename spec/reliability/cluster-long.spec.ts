// The long run, two hours' worth of faults in about ten minutes:
// HEADGATE_LONG=1 npx ava spec/reliability/cluster-long.spec.ts
import { clusterFaults } from '../_support/api-server/cluster-faults.ts';
import { aClusterStory } from '../_support/api-server/cluster-story.ts';
import { aClusterSlice, backendPort } from '../_support/api-server/cluster-world.ts';
import { ownNetwork } from '../_support/process/own-network.ts';
import { aCertificate, aRoute } from '../_support/world/steady-world.ts';

const test = ownNetwork(import.meta.url, { minutes: 30 });

const rounds = process.env['HEADGATE_LONG'] === undefined ? 1 : 10;

test.serial('fault after fault, and changes all the time', async (t) => {
  const story = await aClusterStory(t);
  t.timeout(1_700_000);
  const { cluster, world, headgate } = story;
  const faults = Object.entries(clusterFaults);
  const slow: string[] = [];

  for (let n = 0; n < rounds * faults.length; n += 1) {
    const [name, fault] = faults[n % faults.length] ?? ['', async () => undefined];
    const by = n % 2 === 0 ? 'two' : 'one';
    const during = change(n, by);
    await fault(story);
    await during;
    const began = performance.now();
    await story.served('/slices/', by);
    await story.served(`/beside-${n % 5}/`, by);
    const took = Math.round(performance.now() - began);
    if (took > 1000) slow.push(`${name}: ${took} ms`);
    t.true(await headgate.isReady(), name);
  }
  t.log(`${rounds * faults.length} faults; slower than a second: ${slow.join('; ') || 'none'}`);
  await story.endsWell();

  /** Applied when the API server lets us, which may be after the fault. */
  async function change(n: number, by: 'one' | 'two'): Promise<void> {
    const manifests = [
      aClusterSlice('changing', [world[by]]),
      aRoute(`beside-${n % 5}`, `${world[by]}:${backendPort}`, { timeout_ms: 3000 + n }),
      ...(n % 4 === 0 ? [await aCertificate()] : []),
    ];
    for (let tries = 0; ; tries += 1) {
      const failed = await cluster.apply(manifests).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failed === undefined) return;
      if (tries > 50) throw failed;
    }
  }
});

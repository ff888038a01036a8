import { readFileSync } from 'node:fs';
import { join } from 'node:path';
// The long run, 50 deaths: HEADGATE_LONG=1 npx ava spec/reliability/control-plane-death.spec.ts
import test from 'ava';

import { showLoad, slowSave, startLoad, unexplained, type Gap } from '../_support/envoy/load.ts';
import {
  aPlace,
  settled,
  startHeadgate,
  type Headgate,
} from '../_support/process/headgate-process.ts';
import { edit } from '../_support/world/edits.ts';
import {
  aFolderOf,
  aRoute,
  startPorts,
  targets,
  writeWorld,
} from '../_support/world/steady-world.ts';

/** So many requests are answered between two edits. */
const requestsEach = 8;

/** The folder is read at any moment here, so nobody deletes a file to write it again. */
const ways = ['InPlace', 'Renamed'] as const;

/** Connections whose Listener an edit replaces are not cut while they are used. */
const drain = ['--drain-time', '600'];

const deaths = process.env['HEADGATE_LONG'] === undefined ? 10 : 50;

/** How many resources were sent to Envoy since this control plane started. */
const pushed = async (headgate: Headgate): Promise<number> =>
  await headgate.metric('headgate_pushed_resources_total');

test('no request fails when the control plane is killed, and Envoy is not sent what it has', async (t) => {
  t.timeout(300_000);
  const place = aPlace(t);
  const folder = aFolderOf(place.manifests);
  const ports = await startPorts(t);
  await writeWorld(folder, ports);
  let headgate = startHeadgate(t, place, drain);
  await settled(headgate);
  const envoy = place.envoy();
  const load = startLoad(t, targets(ports));
  const took: number[] = [];
  const gaps: Gap[] = [];

  for (let death = 0; death < deaths; death += 1) {
    const isEdited = death % 2 === 1;
    const editing = isEdited ? startEdits(death) : undefined;
    await load.more(death * 3 + 16);
    t.is(await headgate.end('SIGKILL'), null);
    await load.more(4 * requestsEach);
    const slowSince = await editing?.stop();

    const missed = `missed-${death}`;
    if (isEdited) folder.write(`${missed}.yaml`, [aRoute(missed, `127.0.0.1:${ports.one}`)]);
    const began = performance.now();
    headgate = startHeadgate(t, place, drain);
    await settled(headgate);
    took.push(performance.now() - began);
    if (slowSince !== undefined) {
      await load.more(0);
      gaps.push({ from: slowSince, to: Date.now() });
    }
    if (place.envoy() !== envoy)
      t.log(readFileSync(join(place.state, 'envoy.log'), 'utf8').slice(-6000));
    t.is(place.envoy(), envoy, headgate.lines.join('\n'));
    if (isEdited) {
      const answer = await fetch(`http://127.0.0.1:${ports.http}/${missed}/`);
      t.is(answer.status, 200, `what changed while it was dead arrives, death ${death}`);
    } else {
      t.is(await pushed(headgate), 0, `nothing changed, death ${death}`);
    }
    if (!isEdited)
      t.true(headgate.lines.some((line) => line.includes('took over the running Envoy')));
  }
  const report = await load.stop();
  const slowest = Math.round(Math.max(...took));
  t.log(
    `${deaths} deaths; ${showLoad(report)}; back and settled in at most ${slowest} ms; ${gaps.length} with slow saves`,
  );
  t.deepEqual(unexplained(report, gaps).slice(0, 8), []);
  t.is(await headgate.end('SIGINT'), 0);
  t.is(place.envoy(), 0);

  /** Edits while the control plane lives, dies and is dead; says since when a slow save may show. */
  function startEdits(seed: number): { readonly stop: () => Promise<number | undefined> } {
    const over = new AbortController();
    let slowSince: number | undefined;
    const editAll = async (): Promise<void> => {
      for (let n = seed * 3; !over.signal.aborted; n += 1) {
        const from = Date.now();
        if ((await edit(folder, ports, n, ways)) > slowSave) slowSince ??= from;
        await load.more(requestsEach);
      }
    };
    const edited = editAll();
    return {
      stop: async () => {
        over.abort();
        await edited;
        return slowSince;
      },
    };
  }
});

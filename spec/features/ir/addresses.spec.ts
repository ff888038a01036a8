import test from 'ava';

import { allAddresses } from '../../../src/ir/listener.ts';
import type { Port } from '../../../src/ir/port.ts';
import { cleartextTable, listenerName } from '../../../src/translate/contribution/table-names.ts';
import { anIrInEnvoy } from '../../_support/envoy/an-ir-in-envoy.ts';
import { ask } from '../../_support/envoy/ask.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { freePort } from '../../_support/process/free-port.ts';
import {
  aChain,
  aListener,
  anIr,
  aRoute,
  aVirtualHost,
  requestsOf,
} from '../../_support/world/an-ir.ts';

const envoy = await anIrInEnvoy();
test.after.always(envoy.stop);

/** One port on each of these addresses, where every request is answered with a status of its own. */
const worldOf = (port: Port, statuses: Readonly<Record<string, number>>, hosts = 1) => {
  const all = Object.entries(statuses).map(([address, status]) => {
    const name = listenerName(port, 'tcp', address);
    return { address, name, status, table: cleartextTable(name) };
  });
  return anIr({
    listeners: all.map(({ name, address }) => aListener({ name, address, port })),
    filterChains: all.map(({ name, table }) =>
      aChain({ listener: name, carries: requestsOf(table) }),
    ),
    virtualHosts: all.flatMap(({ table, status }) =>
      Array.from({ length: hosts }, (_, i) => ({
        ...aVirtualHost(
          i === 0 ? '*' : `h${i}.example`,
          aRoute({ action: { _tag: 'Respond', status } }),
        ),
        table,
      })),
    ),
  });
};

const [two, three, four] = ['127.0.0.2', '127.0.0.3', '127.0.0.4'];

/** The status that each address answers with; what became of the connection where there is none. */
const answers = async (port: Port, ...addresses: readonly string[]) =>
  await Promise.all(
    addresses.map(
      async (at) =>
        await ask({ port, at, host: 'h1.example' }).then(
          ({ status }) => status,
          ({ code }: NodeJS.ErrnoException) => code,
        ),
    ),
  );

for (const hosts of [1, 300])
  test.serial(`a port is several, one on each address: ${hosts} hosts`, async (t) => {
    const port = (await freePort()) as Port;
    const { refused } = await envoy.serve(
      worldOf(port, { [two]: 402, [three]: 403, '::1': 406 }, hosts),
    );
    t.deepEqual(refused, []);
    t.deepEqual(await answers(port, two, three, '::1', four), [402, 403, 406, 'ECONNREFUSED']);
  });

test.serial('a listener on one address comes and goes, and the others stay', async (t) => {
  const port = (await freePort()) as Port;
  await envoy.serve(worldOf(port, { [two]: 402 }));
  const { refused } = await envoy.serve(worldOf(port, { [two]: 402, [three]: 403 }));
  t.deepEqual(refused, []);
  t.deepEqual(await answers(port, two, three), [402, 403]);
  await envoy.serve(worldOf(port, { [three]: 403 }));
  t.deepEqual(await answers(port, two, three), ['ECONNREFUSED', 403]);
});

// This is why somebody must settle who has a port.
test.serial('a port on all addresses and on one of them cannot both be had', async (t) => {
  const port = (await freePort()) as Port;
  await envoy.serve(worldOf(port, { [two]: 402 }));
  const { refused } = await envoy.serve(worldOf(port, { [two]: 402, [allAddresses]: 400 }));
  t.deepEqual(
    refused.map(({ name }) => name),
    [listenerName(port)],
  );
  t.regex(refused[0]?.message ?? '', /cannot bind '0\.0\.0\.0:\d+': Address already in use/);
  t.deepEqual(await answers(port, two, three), [402, 'ECONNREFUSED']);
});

test.serial('all addresses and IPv6 ones are in the way of nobody', async (t) => {
  const port = (await freePort()) as Port;
  const { refused } = await envoy.serve(worldOf(port, { [allAddresses]: 400, '::1': 406 }));
  t.deepEqual(refused, []);
  t.deepEqual(await answers(port, two, '::1'), [400, 406]);
});

// Envoy closes the socket of a listener that is gone a moment later; until then the new one is tried again.
test.serial('a port passes from one address to all, and back', async (t) => {
  const port = (await freePort()) as Port;
  for (const [statuses, expected] of [
    [{ [two]: 402 }, [402, 'ECONNREFUSED']],
    [{ [allAddresses]: 400 }, [400, 400]],
    [{ [two]: 402 }, [402, 'ECONNREFUSED']],
  ] as const) {
    await envoy.serve(worldOf(port, statuses));
    await eventually(`the port answers ${expected.join()}`, async () => {
      const got = await answers(port, two, three);
      return got.join() === expected.join();
    });
  }
  t.pass();
});

import test from 'ava';

import { aReplica } from '../_support/api-server/a-replica.ts';
import { installOwnDefinitions } from '../_support/api-server/own-definitions.ts';
import { conditions, stored } from '../_support/api-server/stored-status.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { sharedCluster } from '../_support/test-cluster/shared-cluster.ts';
import { aHost, aListener } from '../_support/world/builders.ts';
import { datedSecret } from '../_support/world/certificate/dated-secret.ts';

const shared = sharedCluster();

const day = 86_400_000;
const now = Date.now();
const at = (days: number): Date => new Date(now + days * day);

interface EventList {
  readonly items: readonly { readonly reason: string; readonly message: string }[];
}

test('a Host is told that its certificate soon expires, has expired, is for others, and when it is renewed', async (t) => {
  const cluster = await shared();
  await installOwnDefinitions(cluster);
  const namespace = await cluster.namespaceFor(t);
  const certified = async (from: number, to: number, name = 'a.example'): Promise<void> =>
    cluster.apply([await datedSecret(`${namespace}/cert`, [at(from), at(to)], name)]);
  await certified(-80, 10);
  await cluster.apply([
    aListener(`${namespace}/https`, { port: 8443, protocol: 'HTTPS' }),
    aHost(`${namespace}/shop`, { hostname: 'a.example', tlsSecret: { name: 'cert' } }),
  ]);
  const replica = await aReplica(t, cluster, namespace, { now: () => now });
  const host = () => stored(cluster, namespace, 'host', 'shop');
  const resolves = async (expected: string, message: RegExp): Promise<void> => {
    await replica.sync();
    await eventually(`${expected} is said`, async () => {
      const found = (await host()).status?.conditions ?? [];
      return (
        conditions(await host()).includes(`ResolvedRefs=${expected} @1`) &&
        found.some((one) => message.test(one.message))
      );
    });
  };

  await resolves('True ResolvedRefs', /valid; Secret .*\/cert: data.tls.crt: .* expires at/);
  await certified(-90, -1);
  await resolves('False UnfitCertificate', /Secret .*\/cert: data.tls.crt: .* expired at/);
  t.is((await host()).status?.state, 'Error');
  await certified(-1, 89, 'b.example');
  await resolves('False UnfitCertificate', /is for b.example; expected one for a.example/);
  await certified(-1, 89);
  await resolves('True ResolvedRefs', /^The object is valid$/);
  t.is((await host()).status?.state, 'Ready');

  const events = async (): Promise<EventList['items']> => {
    const { stdout } = await cluster.kubectl(['get', 'events', '-n', namespace, '-o', 'json']);
    return (JSON.parse(stdout) as EventList).items;
  };
  await eventually('each has an Event', async () => (await events()).length === 3);
  t.deepEqual((await events()).map(({ reason }) => reason).sort(), [
    'CertificateExpiresSoon',
    'UnfitCertificate',
    'UnfitCertificate',
  ]);
});

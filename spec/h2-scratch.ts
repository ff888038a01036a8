import { bringUp } from './_support/test-cluster/test-cluster.ts';
import { connected, create, settings } from './_support/settings.ts';
import { watchApi } from '../src/edge/watch-api.ts';
import { listWatch } from '../streams/list-watch.ts';
const t = { teardown: () => undefined } as any;
const cluster = await bringUp({});
const t0 = Date.now();
const log = (...a: unknown[]) => console.log(Date.now() - t0, ...a);
try {
const namespace = await cluster.namespaceFor({ title: 'x' });
const client = await connected(t, cluster.kubeconfig);
await create(client, namespace, 'before');
const backup = await cluster.etcd.backUp();
log('backed up');
await create(client, namespace, 'after');
const real = watchApi(client, settings(namespace));
const api = { list: async (c: any) => { log('list', c); try { const r = await real.list(c); log('->', r.resourceVersion, r.items.length); return r; } catch (e) { log('->', String(e)); throw e; } }, watch: (c: any) => { log('watch', c); return real.watch(c); } };
listWatch(api as any, { project: (o: any) => o.metadata.name, random: Math.random }).subscribe((r) => log(JSON.stringify(r).slice(0, 200)));
await new Promise((r) => setTimeout(r, 1000));
log('restore');
void cluster.restore(backup).then(() => log('restored'), (e) => log('restore failed', e));
await new Promise((r) => setTimeout(r, 25000));
log(cluster.etcd.pid(), cluster.apiServer.pid());
log(cluster.apiServer.log().split('\n').slice(-5).join('\n'));
log((cluster.etcd as any).log().split('\n').slice(-5).join('\n'));
await client.close();
} finally { await cluster.stop(); }

import { bringUp } from './test-cluster.ts';

/** A program that runs a test cluster until it is killed, for specs and to try something by hand. */
const { url, kubeconfig, folder, apiServer, etcd } = await bringUp();
const pids = [apiServer.pid(), etcd.pid()];
process.stdout.write(`${JSON.stringify({ url, kubeconfig, folder, pids })}\n`);
process.stdin.resume();
setInterval(() => undefined, 1_000_000);

import { setTimeout } from 'node:timers/promises';

import { anErrorEvent } from '../test-cluster/fault-proxy.ts';
import type { ClusterStory } from './cluster-story.ts';
import { theRights } from './cluster-world.ts';

/** Something that goes wrong between headgate and the API server, and is repaired at the end. */
export type ClusterFault = (story: ClusterStory) => Promise<void>;

/** How long a fault lasts; nothing depends on it. */
const milliseconds = 1500;

/** Does one thing, waits and does the other. */
const between =
  (begin: ClusterFault | ((story: ClusterStory) => void), end: typeof begin): ClusterFault =>
  async (story) => {
    await begin(story);
    await setTimeout(milliseconds);
    await end(story);
  };

const restart: ClusterFault = async ({ cluster: { apiServer } }) => {
  await apiServer.kill();
  await apiServer.start();
};

const ended =
  (event?: unknown): ClusterFault =>
  async ({ proxy }) => {
    proxy.endWatches(event);
    await Promise.resolve();
  };

/** Every fault, by what it is called in a log. */
export const clusterFaults: Readonly<Record<string, ClusterFault>> = {
  'the API server is killed': between(
    async ({ cluster }) => await cluster.apiServer.kill(),
    async ({ cluster }) => await cluster.apiServer.start(),
  ),
  'the API server hangs': between(
    ({ cluster }) => cluster.apiServer.pause(),
    ({ cluster }) => cluster.apiServer.resume(),
  ),
  'etcd hangs': between(
    ({ cluster }) => cluster.etcd.pause(),
    ({ cluster }) => cluster.etcd.resume(),
  ),
  'etcd is killed': between(
    async ({ cluster }) => await cluster.etcd.kill(),
    async ({ cluster }) => await cluster.etcd.start(),
  ),
  'etcd is compacted and the API server restarted': async (story) => {
    await story.cluster.etcd.compact();
    await restart(story);
  },
  'all connections break': async ({ proxy }) => {
    proxy.breakAll();
    await Promise.resolve();
  },
  'watches end': ended(),
  'watches expire': ended(anErrorEvent(410, 'Expired', 'too old resource version')),
  'watches fail': ended(anErrorEvent(500, 'InternalError', 'etcdserver: no leader')),
  'a load balancer answers': between(
    ({ proxy }) => {
      proxy.answer(503);
      proxy.breakAll();
    },
    ({ proxy }) => proxy.letPass(),
  ),
  'nobody answers': between(
    ({ proxy }) => {
      proxy.silence();
      proxy.breakAll();
    },
    ({ proxy }) => {
      proxy.breakAll();
      proxy.letPass();
    },
  ),
  'the token expires': between(
    async ({ proxy, rotateToken }) => {
      await rotateToken(0);
      proxy.endWatches();
    },
    async ({ rotateToken }) => await rotateToken(),
  ),
  'a right is taken away': between(
    async ({ cluster, proxy }) => {
      await cluster.apply([theRights('services')]);
      proxy.endWatches();
    },
    async ({ cluster }) => await cluster.apply([theRights()]),
  ),
};

import { isRight } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import type { Logger } from 'pino';
import { defer, map, tap, type MonoTypeOperatorFunction, type Observable } from 'rxjs';

import type { LeaseApi, LeaseRecord } from '../../../streams/status/leadership.ts';
import { ApiFault } from '../../kube/reflect/api-fault.ts';
import { apiPath, type ApiResource } from '../../kube/reflect/api-path.ts';
import { messageOf } from '../message-of.ts';
import type { KubeClient } from './kube-client.ts';

interface LeaseOptions {
  readonly client: KubeClient;
  readonly namespace: string;
  readonly name: string;
  /** Different for each candidate. */
  readonly identity: string;
  /** How long others wait for a leader that is silent, in milliseconds. */
  readonly duration: number;
  readonly log: Logger;
}

/** A Lease of `coordination.k8s.io/v1`. */
interface Lease extends LeaseApi {
  /** Gives it back, if it is ours, so that the next leader need not wait. */
  readonly release: () => Promise<void>;
}

/** A Lease in the API server; every write is refused if somebody else wrote in between. */
export const lease = ({
  client,
  namespace,
  name,
  identity,
  duration,
  log,
}: LeaseOptions): Lease => {
  const collection = apiPath(resource, namespace);
  const path = `${collection}/${name}`;
  const timeoutMs = Math.ceil(duration / 3);
  let latest: Stored | undefined;
  let isOutOfReach = false;

  /** Says once that the Lease is out of reach, and once that it is back. */
  const noted = <A>(): MonoTypeOperatorFunction<A> =>
    tap({
      next: () => {
        if (isOutOfReach) log.info(`the Lease ${namespace}/${name} can be used again`);
        isOutOfReach = false;
      },
      error: (error: unknown) => {
        if (!isOutOfReach)
          log.warn({ reason: messageOf(error) }, `cannot use the Lease ${namespace}/${name}`);
        isOutOfReach = true;
      },
    });
  const get = async (): Promise<Stored | undefined> => {
    latest = await orWhen(404, undefined, async () =>
      stored(await client.request({ method: 'GET', path, timeoutMs })),
    );
    return latest;
  };
  const claim = async (version: string | undefined): Promise<boolean> =>
    await orWhen(409, false, async () => {
      const over = latest?.metadata.resourceVersion === version ? latest : undefined;
      const metadata = { name, namespace, ...(version && { resourceVersion: version }) };
      const body = { ...header, metadata, spec: claimed(over?.spec, identity, duration) };
      const call = { body, timeoutMs };
      latest = stored(
        await client.request(
          version === undefined
            ? { method: 'POST', path: collection, ...call }
            : { method: 'PUT', path, ...call },
        ),
      );
      return true;
    });
  return {
    identity,
    read: (): Observable<LeaseRecord | undefined> =>
      defer(get).pipe(
        noted(),
        map((found) => found && recordOf(found)),
      ),
    claim: (over) => defer(async () => await claim(over?.version)).pipe(noted()),
    release: async () => {
      const held = await get();
      if (held?.spec.holderIdentity !== identity) return;
      const spec = { ...held.spec, holderIdentity: '', renewTime: now(), leaseDurationSeconds: 1 };
      const { resourceVersion } = held.metadata;
      const body = { ...header, metadata: { name, namespace, resourceVersion }, spec };
      await orWhen(409, undefined, async () => {
        await client.request({ method: 'PUT', path, body, timeoutMs });
      });
    },
  };
};

const resource: ApiResource = {
  apiVersion: 'coordination.k8s.io/v1',
  plural: 'leases',
  scope: 'Namespaced',
};

const header = { apiVersion: resource.apiVersion, kind: 'Lease' };

const LeaseSpec = t.partial({
  holderIdentity: t.string,
  leaseDurationSeconds: t.number,
  leaseTransitions: t.number,
  acquireTime: t.string,
  renewTime: t.string,
});
type LeaseSpec = t.TypeOf<typeof LeaseSpec>;

const Stored = t.type({
  metadata: t.type({ resourceVersion: t.string }),
  spec: LeaseSpec,
});
type Stored = t.TypeOf<typeof Stored>;

const stored = (answer: unknown): Stored => {
  const decoded = Stored.decode({ spec: {}, ...(answer as object | undefined) });
  if (isRight(decoded)) return decoded.right;
  throw new ApiFault('expected a Lease, got something else');
};

const recordOf = ({ metadata, spec }: Stored): LeaseRecord => ({
  version: metadata.resourceVersion,
  holder: spec.holderIdentity ?? '',
  duration: (spec.leaseDurationSeconds ?? 0) * 1000,
});

const claimed = (before: LeaseSpec | undefined, identity: string, duration: number): LeaseSpec => {
  const isRenewal = before?.holderIdentity === identity;
  const at = now();
  const transitions = before?.leaseTransitions ?? 0;
  return {
    holderIdentity: identity,
    leaseDurationSeconds: Math.ceil(duration / 1000),
    acquireTime: isRenewal ? (before.acquireTime ?? at) : at,
    renewTime: at,
    leaseTransitions: isRenewal || before === undefined ? transitions : transitions + 1,
  };
};

/** For people to read: no candidate compares it with its own clock. */
const now = (): string => new Date().toISOString().replace('Z', '000Z');

const orWhen = async <A, B>(status: number, other: B, call: () => Promise<A>): Promise<A | B> => {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ApiFault && error.status === status) return other;
    throw error;
  }
};

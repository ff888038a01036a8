import { asapScheduler, filter, merge, observeOn, Subject, take } from 'rxjs';

import type { Published } from '../../plane/published.ts';
import type { AdsServer } from '../../edge/ads/ads-server.ts';
import type { StreamStanding } from '../../edge/ads/stream-report.ts';
import { TypeUrl } from '../../xds/type-url.ts';

/** Whether requests should be sent here. */
interface Readiness {
  /** Why not, in one line. */
  readonly notReady: () => string | undefined;
  /** Settles when requests can be sent here for the first time. */
  readonly ready: Promise<void>;
  readonly published: (published: Summary) => void;
  /** From now on requests should go elsewhere. */
  readonly stopping: () => void;
}

type Summary = Pick<Published, 'snapshot' | 'convicted'>;

/** What readiness depends on. */
export interface ReadinessOptions {
  readonly server: Pick<AdsServer, 'standings' | 'telemetry$' | 'envoys$'>;
  /** Whether requests are answered here. Else this is a control plane for Envoys elsewhere. */
  readonly hasOwnEnvoy: boolean;
  /** What has not been read yet, where the source knows. */
  readonly waitingFor?: (() => string | undefined) | undefined;
}

/**
 * Ready once everything has been read and our own Envoy has answered all of a snapshot; not while
 * that Envoy has none of the listeners that it should have. An Envoy that has just started is given time to
 * bind all of them: a port can be taken for a moment. After that one port does not keep all others from being
 * served, or whoever may create a Listener could take every Pod out of service; and for the same reason a
 * Listener that comes later and cannot be bound changes nothing. What happens to the source later makes no
 * difference: the last configuration is still served. An Envoy that an earlier control plane has
 * left serves it too, so it counts before the new one has read everything.
 *
 * If Envoys are elsewhere, none is waited for: they find only a control plane that is ready.
 */
export const readiness = (options: ReadinessOptions): Readiness => {
  const { server, hasOwnEnvoy, waitingFor } = options;
  let latest: Summary | undefined;
  const published$ = new Subject<void>();
  let isStopping = false;
  let complete: ReadonlySet<number> = new Set();

  const notReady = (): string | undefined => {
    if (isStopping) return 'stopping';
    const own = server.standings().filter(({ client }) => client === undefined);
    if (latest === undefined) {
      complete = new Set(own.filter(({ listeners }) => listeners > 0).map(({ stream }) => stream));
      return hasOwnEnvoy && complete.size > 0 ? undefined : notRead(waitingFor?.());
    }
    if (!hasOwnEnvoy) return undefined;
    if (own.length === 0) return 'no Envoy is connected';
    complete = new Set(
      own.filter((one) => complete.has(one.stream) || isComplete(one)).map(({ stream }) => stream),
    );
    if (complete.size === 0) return own.map(unboundIn).find(Boolean) ?? notAnswered;
    if (!hasListeners(latest)) return undefined;
    return own.some(({ stream, listeners }) => complete.has(stream) && listeners > 0)
      ? undefined
      : 'Envoy has not accepted its listeners';
  };
  return {
    notReady,
    ready: new Promise((resolve) => {
      merge(published$, server.telemetry$, server.envoys$)
        .pipe(
          observeOn(asapScheduler),
          filter(() => notReady() === undefined),
          take(1),
        )
        .subscribe({ next: () => resolve() });
    }),
    published: (published) => {
      latest = published;
      published$.next();
    },
    stopping: () => {
      isStopping = true;
    },
  };
};

const notAnswered = 'Envoy has not answered the whole configuration';

const isComplete = ({ settled, seq, unbound }: StreamStanding): boolean =>
  settled && seq > 0 && (unbound === undefined || unbound.attempts > patience);

/** So many attempts take half a minute. */
const patience = 5;

const unboundIn = ({ unbound }: StreamStanding): string | undefined =>
  unbound && `Envoy cannot bind ${unbound.names.join(', ')} yet`;

const notRead = (waitingFor: string | undefined): string =>
  `the configuration has not been read completely${
    waitingFor === undefined ? '' : `: waiting for ${waitingFor}`
  }`;

/** Listeners that Envoy refused count too: they should be served. */
const hasListeners = ({ snapshot, convicted }: Summary): boolean =>
  snapshot.resources[TypeUrl.Listener].size > 0 ||
  convicted.some(({ object }) => object.startsWith('Listener '));

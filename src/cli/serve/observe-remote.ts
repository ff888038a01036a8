import type { Logger } from 'pino';
import { interval, map, merge, scan, type Observable } from 'rxjs';

import type { Metrics } from '../../edge/admin/metrics.ts';
import type { RemoteAdsEvent } from '../../edge/ads/remote-ads.ts';
import type { TurnedAway } from '../../edge/ads/tls-listener.ts';
import type { TlsMaterial } from '../../edge/ads/tls-material.ts';
import {
  standingAt,
  type CertificateStanding,
  type Validity,
} from '../../kube/secret/certificate-standing.ts';

/** Turns events of the port for remote Envoys into metrics and log lines; returns how to stop. */
export const observeRemote = (
  metrics: Metrics,
  log: Logger,
  remote$: Observable<RemoteAdsEvent>,
): (() => void) => {
  const turnedAway = quietly(log);
  const looks$ = interval(hour).pipe(map(() => ({ _tag: 'Looked' }) as const));
  const subscription = merge(remote$, looks$)
    .pipe(
      scan((standing: Standing, event) => {
        switch (event._tag) {
          case 'Loaded':
            metrics.certificateExpires('server', event.material.server.to);
            metrics.certificateExpires('ca', event.material.authority.to);
            log.info(
              { expires: new Date(event.material.server.to).toISOString() },
              `${standing === undefined ? 'serving' : 'from now on serving'} remote Envoys with this certificate`,
            );
            return warned(log, { material: event.material, told: {} });
          case 'Unusable':
            log.error(`remote Envoys are served with the old certificate: ${event.message}`);
            return standing;
          case 'TurnedAway':
            metrics.turnedAway();
            turnedAway(event);
            return standing;
          case 'Looked':
            return standing === undefined ? undefined : warned(log, standing);
        }
      }, undefined),
    )
    .subscribe();
  return () => subscription.unsubscribe();
};

const hour = 3_600_000;

type Standing =
  | {
      readonly material: TlsMaterial;
      /** What was last logged of each certificate. */
      readonly told: Readonly<Record<string, CertificateStanding>>;
    }
  | undefined;

/** Logs once for each certificate that it is about to expire, and once that it has. */
const warned = (log: Logger, { material, told }: NonNullable<Standing>): Standing => {
  const now = Date.now();
  const said = { ...told };
  for (const [name, validity] of [
    ['the certificate for remote Envoys', material.server],
    ['the CA of remote Envoys', material.authority],
  ] as const) {
    const expiry = standingAt(validity, now);
    if (said[name] !== expiry) tell(log, name, expiry, validity);
    said[name] = expiry;
  }
  return { material, told: said };
};

const tell = (
  log: Logger,
  name: string,
  expiry: CertificateStanding,
  { from, to }: Validity,
): void => {
  const at = (time: number): string => new Date(time).toISOString();
  if (expiry === 'ExpiresSoon') log.warn(`${name} expires at ${at(to)} and has not been replaced`);
  if (expiry === 'Expired') log.error(`${name} expired at ${at(to)}: no Envoy can connect`);
  if (expiry === 'NotYetValid') log.error(`${name} is not valid before ${at(from)}`);
};

/** At most one line in ten seconds, with the number of those that were left out. */
const quietly = (log: Logger): ((client: TurnedAway) => void) => {
  let quietUntil = 0;
  let leftOut = 0;
  return ({ peer, reason }) => {
    if (Date.now() < quietUntil) {
      leftOut += 1;
      return;
    }
    const others = leftOut === 0 ? {} : { others: leftOut };
    const from = peer === undefined ? {} : { peer };
    log.warn({ ...from, reason, ...others }, 'turned away a client without a good certificate');
    quietUntil = Date.now() + 10_000;
    leftOut = 0;
  };
};

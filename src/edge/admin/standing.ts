import type { Registry } from 'prom-client';
import { Gauge } from 'prom-client';

import type { MetricDefinition } from './metric-table.ts';
import { metricTable } from './metric-table.ts';

/** How things stand at the moment of a scrape. Times are milliseconds since the epoch. */
export interface Standing {
  /** When what Envoys should hold changed last; absent before that is known. */
  readonly publishedAt?: number;
  readonly envoys: Readonly<Record<EnvoyPlace, EnvoysStanding>>;
  /** Clusters that no request can be sent to, because there is no endpoint. */
  readonly clustersWithoutEndpoints: number;
  /** All certificates in use, and those of them that expire first. */
  readonly certificates: number;
  readonly expiries: readonly CertificateExpiry[];
  /** Of the lists of revocations in use, those that expire first. */
  readonly revocations: readonly RevocationsExpiry[];
}

/** Where an Envoy is: on this machine, or elsewhere. */
export type EnvoyPlace = 'local' | 'remote';

/** How far the Envoys of one place are. */
export interface EnvoysStanding {
  /** How many hold all of the newest snapshot, or have said what they refuse of it. */
  readonly inSync: number;
  /** How many snapshots the one that is furthest behind has not answered, and for how long. */
  readonly behind: { readonly snapshots: number; readonly milliseconds: number };
  /** When one of them last answered all of a snapshot. */
  readonly appliedAt?: number;
}

/** When a certificate expires that is served for a hostname; the hostname of one that is not is empty. */
export interface CertificateExpiry {
  readonly hostname: string;
  readonly secret: string;
  readonly at: number;
}

/** When the first list of revocations in a Secret expires. */
export interface RevocationsExpiry {
  readonly secret: string;
  readonly at: number;
}

/** Gauges of what is looked at only when somebody asks; returns how they are set. */
export const standingGauges = (registry: Registry): ((standing: Standing) => void) => {
  const gauge = ({ name, help, labels }: MetricDefinition) =>
    new Gauge({ name, help, labelNames: [...labels], registers: [registry] });
  const publishedAt = gauge(metricTable.publishedAt);
  const appliedAt = gauge(metricTable.appliedAt);
  const inSync = gauge(metricTable.envoysInSync);
  const behindSnapshots = gauge(metricTable.envoyBehindSnapshots);
  const behindSeconds = gauge(metricTable.envoyBehindSeconds);
  const withoutEndpoints = gauge(metricTable.clustersWithoutEndpoints);
  const certificates = gauge(metricTable.certificates);
  const expiry = gauge(metricTable.servedCertificateExpiry);
  const revocationsExpiry = gauge(metricTable.revocationsExpiry);
  return (standing) => {
    if (standing.publishedAt !== undefined) publishedAt.set(standing.publishedAt / 1000);
    for (const [envoy, one] of Object.entries(standing.envoys)) {
      if (one.appliedAt !== undefined) appliedAt.set({ envoy }, one.appliedAt / 1000);
      inSync.set({ envoy }, one.inSync);
      behindSnapshots.set({ envoy }, one.behind.snapshots);
      behindSeconds.set({ envoy }, one.behind.milliseconds / 1000);
    }
    withoutEndpoints.set(standing.clustersWithoutEndpoints);
    certificates.set(standing.certificates);
    expiry.reset();
    for (const { hostname, secret, at } of standing.expiries)
      expiry.set({ hostname, secret }, at / 1000);
    revocationsExpiry.reset();
    for (const { secret, at } of standing.revocations) revocationsExpiry.set({ secret }, at / 1000);
  };
};

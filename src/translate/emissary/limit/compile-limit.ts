import { definedOnly } from '../../../collection/defined-only.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import type { Cluster } from '../../../ir/cluster.ts';
import type { RateLimitFilter } from '../../../ir/filter/rate-limit.ts';
import { objectRef, type ObjectKey } from '../../../ir/object-ref.ts';
import type { RateLimitService } from '../../../kube/emissary/rate-limit-service.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { Claimant } from '../../contribution/seniority.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { oldProtocol } from '../protocol-version.ts';
import { serviceUpstream } from '../upstream/service-upstream.ts';
import type { UpstreamTables } from '../upstream/upstream-tables.ts';

/** A RateLimitService compiled; without a cluster its service cannot be asked. */
export interface CompiledLimit extends Claimant {
  readonly key: ObjectKey;
  /** Absent: the default domain. */
  readonly domain?: string;
  readonly cluster?: Cluster;
  /** The TLSContext with which the service is reached. */
  readonly context?: ObjectKey;
  readonly settings: Pick<RateLimitFilter, 'timeout' | 'deniesOnFailure' | 'resourceExhausted'>;
  readonly problems: readonly Problem[];
}

/** Compiles RateLimitServices. */
export const compileLimit = (options: TranslateOptions) => {
  const upstream = serviceUpstream(options);
  return (
    { metadata, spec }: RateLimitService,
    key: ObjectKey,
    read: Read<UpstreamTables>,
  ): CompiledLimit => {
    const ref = objectRef('RateLimitService', key);
    const { service, stats_name, tls, domain } = spec;
    const sent = definedOnly({ service, stats_name, tls, grpc: true });
    const found = upstream({ ref, field: 'spec.service', spec: sent }, read);
    const old = oldProtocol(ref, spec);
    return definedOnly<CompiledLimit>({
      key,
      ref,
      created: metadata.creationTimestamp,
      domain: domain === '' ? undefined : domain,
      cluster: old.length === 0 ? found.cluster : undefined,
      context: found.context,
      settings: {
        timeout: spec.timeout_ms ?? usualTimeout,
        deniesOnFailure: spec.failure_mode_deny === true,
        resourceExhausted: spec.grpc?.use_resource_exhausted_code === true,
      },
      problems: [...old, ...found.problems],
    });
  };
};

/** Emissary's and Envoy's. */
const usualTimeout = 20;

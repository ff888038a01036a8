import type { Kind } from '../src/kube/kind.ts';

/** A column of `kubectl get`. */
export interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date';
  readonly jsonPath: string;
  /** Above 0 only with `-o wide`. */
  readonly priority?: number;
}

/** The columns of a kind: what it says, what became of it, and its age. */
export const columnsOf = (kind: Kind): readonly Column[] => [
  ...(own[kind] ?? []),
  condition('Accepted'),
  condition('Programmed'),
  { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
];

const condition = (type: string): Column => ({
  name: type,
  type: 'string',
  jsonPath: `.status.conditions[?(@.type=="${type}")].status`,
});

const text = (name: string, jsonPath: string, priority?: number): Column => ({
  name,
  type: 'string',
  jsonPath,
  ...(priority === undefined ? {} : { priority }),
});

/** Those of Emissary first, under the names they have there. */
const own: { readonly [K in Kind]?: readonly Column[] } = {
  Listener: [
    { name: 'Port', type: 'integer', jsonPath: '.spec.port' },
    text('Protocol', '.spec.protocol'),
    text('Stack', '.spec.protocolStack'),
    text('StatsPrefix', '.spec.statsPrefix', 1),
    text('Security', '.spec.securityModel'),
    text('L7Depth', '.spec.l7Depth', 1),
  ],
  Host: [
    text('Hostname', '.spec.hostname'),
    text('State', '.status.state'),
    text('Phase Completed', '.status.phaseCompleted', 1),
    text('Phase Pending', '.status.phasePending', 1),
  ],
  Mapping: [
    text('Source Host', '.spec.hostname'),
    text('Source Prefix', '.spec.prefix'),
    text('Dest Service', '.spec.service'),
    text('State', '.status.state'),
    text('Reason', '.status.reason', 1),
  ],
  TCPMapping: [
    { name: 'Port', type: 'integer', jsonPath: '.spec.port' },
    text('Source Host', '.spec.host'),
    text('Dest Service', '.spec.service'),
  ],
  TLSContext: [text('Secret', '.spec.secret'), text('Hosts', '.spec.hosts')],
  AuthService: [text('Service', '.spec.auth_service')],
  RateLimitService: [text('Service', '.spec.service'), text('Domain', '.spec.domain')],
  LogService: [text('Service', '.spec.service'), text('Driver', '.spec.driver')],
  TracingService: [text('Service', '.spec.service'), text('Driver', '.spec.driver')],
  ConsulResolver: [text('Address', '.spec.address'), text('Datacenter', '.spec.datacenter')],
};

import type { Cluster } from '../../../../src/ir/cluster.ts';
import type { Tcp, Udp } from '../../../../src/ir/filter-chain.ts';
import { objectRef } from '../../../../src/ir/object-ref.ts';
import type { Port } from '../../../../src/ir/port.ts';
import type { ServedName } from '../../../../src/ir/server-name.ts';
import type { TrustBundle } from '../../../../src/ir/trust-bundle.ts';
import { aService, type Manifest } from '../builders.ts';
import type { Limiting } from './plain-filters.ts';

/** What a Service in the namespace `plain` asks for. */
export interface Plain {
  readonly name: string;
  readonly port: number;
  readonly domain: string;
  /** Absent: requests for the domain, in cleartext. */
  readonly serves?: Serving;
  /** How many bytes a request to its port may have; it brings a filter that sees to that. */
  readonly limit?: number;
  /** The one address on which its port is open; absent: all. */
  readonly at?: string;
}

/**
 * What is served: requests over TLS too, with the certificate in the Secret `default/cert`, be it to clients
 * with a certificate alone, or with that and the one in `default/other`; connections for the domain with their TLS or without; whatever comes to the port.
 */
type Serving = 'TLS' | 'Verified' | 'TwoCertificates' | 'PassThrough' | 'Unwrapped' | 'TCP' | 'UDP';

/** A Service that asks for something in the plain language. */
export const aPlainService = ({ name, port, domain, serves, limit, at }: Plain): Manifest =>
  aService(`plain/${name}`, {
    ports: [{ port, ...(limit !== undefined && { name: `limit-${limit}` }) }],
    externalName: domain,
    ...(serves !== undefined && { type: serves }),
    ...(at !== undefined && { clusterIP: at }),
  });

/** What a Service asks for, with the names that follow from it. */
export interface Asked extends Required<Omit<Plain, 'serves' | 'port' | 'limit' | 'at'>>, Limiting {
  readonly address: string;
  readonly port: Port;
  readonly serves: Serving | undefined;
  readonly cluster: Cluster;
}

/** All that can be served. */
export const servings: readonly Serving[] = [
  'TLS',
  'Verified',
  'TwoCertificates',
  'PassThrough',
  'Unwrapped',
  'TCP',
  'UDP',
];

/** The object that asks. */
export const refOf = ({ name }: Asked) => objectRef('Service', `plain/${name}`);

/** Connections to the cluster of who asks. */
export const tcp = ({ cluster, name }: Asked): Tcp => ({
  _tag: 'Tcp',
  statPrefix: name,
  backends: [{ cluster: cluster.name, weight: 1 }],
});

/** Datagrams to it. */
export const udp = ({ cluster, name }: Asked): Udp => ({
  _tag: 'Udp',
  statPrefix: name,
  cluster: cluster.name,
});

/** Whether requests are served, be it over TLS too. */
export const isHttp = (serves: Serving | undefined): boolean =>
  serves === undefined || serves === 'TLS' || serves === 'Verified' || serves === 'TwoCertificates';

/** What is served for the domain, if it is a server name. */
export const servedName = (asked: Asked): ServedName | undefined => {
  const name = { names: asked.domain, from: [refOf(asked)] };
  const end = { ...name, _tag: 'Terminate', certificates: ['default/cert'] } as const;
  switch (asked.serves) {
    case 'TLS':
      return end;
    case 'Verified':
      return { ...end, settings: { clients: { trust, names: [], admits: 'Verified' } } };
    case 'TwoCertificates':
      return { ...end, certificates: ['default/cert', 'default/other'] };
    case 'Unwrapped':
      return { ...end, tcp: tcp(asked) };
    case 'PassThrough':
      return { ...name, _tag: 'PassThrough', tcp: tcp(asked) };
    default:
      return undefined;
  }
};

/** Who vouches for clients, where they are asked for certificates. */
export const trustOf = (asked: Asked): TrustBundle | undefined =>
  asked.serves === 'Verified'
    ? { name: trust, authorities: 'those of plain', from: [refOf(asked)] }
    : undefined;

const trust = 'trust://plain/clients';

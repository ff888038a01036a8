import * as t from 'io-ts';

import type { Kind } from '../kind.ts';
import { changed, type Fields } from './legacy-fields.ts';

/** A field that v2 does not have and therefore keeps under another name. */
export interface KeptName {
  /** The object below `spec` that it is in; absent for `spec` itself. */
  readonly within?: string;
  readonly kept: string;
  readonly name: string;
}

const statsName: KeptName = { kept: 'v3StatsName', name: 'stats_name' };

/** What objects of each kind keep under another name. */
export const keptNames: { readonly [K in Kind]?: readonly KeptName[] } = {
  AuthService: [statsName, { kept: 'v3CircuitBreakers', name: 'circuit_breakers' }],
  Host: [{ within: 'tls', kept: 'v3CRLSecret', name: 'crl_secret' }],
  LogService: [statsName, { kept: 'v3ProtocolVersion', name: 'protocol_version' }],
  Mapping: [statsName, { kept: 'v3health_checks', name: 'health_checks' }],
  RateLimitService: [statsName],
  TCPMapping: [statsName],
  TLSContext: [{ kept: 'v3CRLSecret', name: 'crl_secret' }],
  TracingService: [
    statsName,
    { kept: 'v3CustomTags', name: 'custom_tags' },
    { within: 'config', kept: 'v3PropagationModes', name: 'propagation_modes' },
  ],
};

/** Gives every field that is kept under another name its own name, unless that is there too. */
export const withKeptNames =
  (kind: Kind) =>
  (spec: Fields): Fields =>
    (keptNames[kind] ?? []).reduce(renamed, spec);

const renamed = (spec: Fields, { within, kept, name }: KeptName): Fields => {
  if (within === undefined)
    return Object.hasOwn(spec, kept)
      ? changed(spec, { [name]: spec[name] ?? spec[kept], [kept]: undefined })
      : spec;
  const inner = spec[within];
  if (!t.UnknownRecord.is(inner)) return spec;
  const after = renamed(inner, { kept, name });
  return after === inner ? spec : changed(spec, { [within]: after });
};

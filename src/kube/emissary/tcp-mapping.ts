import * as t from 'io-ts';

import { integer } from '../codec/integer.ts';
import { list } from '../codec/list.ts';
import { Port } from '../codec/port.ts';
import { struct } from '../codec/struct.ts';
import { Address, Hostname, Name, pattern } from '../codec/text.ts';
import { ageField, metaFields } from '../core/object-meta.ts';
import { AmbassadorId } from './ambassador-id.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import { ExplicitTls } from './explicit-tls.ts';

/** getambassador.io TCPMapping: connections of a port, or of a server name on it, to a service. */
export const TCPMapping = struct(
  {
    metadata: struct(metaFields, ageField),
    spec: struct(
      { port: Port, service: Address },
      {
        address: Name,
        ambassador_id: AmbassadorId,
        circuit_breakers: list(CircuitBreaker),
        cluster_tag: Name,
        enable_ipv4: t.boolean,
        enable_ipv6: t.boolean,
        host: Hostname,
        idle_timeout_ms: pattern('a number of milliseconds, as a string', 10, /^[0-9]*$/),
        resolver: Name,
        stats_name: Name,
        tls: Name,
        v2ExplicitTLS: ExplicitTls,
        weight: integer(0, 100),
      },
    ),
  },
  {},
);
export type TCPMapping = t.TypeOf<typeof TCPMapping>;

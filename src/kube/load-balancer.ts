import * as t from 'io-ts';

import { Duration } from './duration.ts';
import { HeaderName } from './header-name.ts';
import { oneOf } from './one-of.ts';
import { struct } from './struct.ts';
import { Path, pattern } from './text.ts';

/** A cookie that keeps a client with one upstream. */
const SessionCookie = struct(
  { name: pattern('a cookie name (a token)', 256, /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/) },
  { path: Path, ttl: Duration },
);

/** How requests are spread, and what is hashed where that is asked for. */
export const LoadBalancer = struct(
  { policy: oneOf('round_robin', 'ring_hash', 'maglev', 'least_request') },
  { cookie: SessionCookie, header: HeaderName, source_ip: t.boolean },
);
export type LoadBalancer = t.TypeOf<typeof LoadBalancer>;

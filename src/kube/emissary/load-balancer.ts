import * as t from 'io-ts';

import { withCelRules } from '../codec/cel-rule.ts';
import { Duration } from '../codec/duration.ts';
import { HeaderName } from '../codec/header-name.ts';
import { oneOf } from '../codec/one-of.ts';
import { struct } from '../codec/struct.ts';
import { Path, pattern } from '../codec/text.ts';

/** A cookie that keeps a client with one upstream. */
const SessionCookie = struct(
  { name: pattern('a cookie name (a token)', 256, /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/) },
  { path: Path, ttl: Duration },
);

const hashed = '[has(self.cookie), has(self.header), has(self.source_ip) && self.source_ip]';

/** How requests are spread, and what is hashed where that is asked for. */
export const LoadBalancer = withCelRules(
  struct(
    { policy: oneOf('round_robin', 'ring_hash', 'maglev', 'least_request') },
    { cookie: SessionCookie, header: HeaderName, source_ip: t.boolean },
  ),
  {
    rule: `!(self.policy in ['ring_hash', 'maglev']) || ${hashed}.exists_one(x, x)`,
    message: 'expected exactly one of cookie, header, source_ip with ring_hash and maglev',
  },
  {
    rule: `self.policy in ['ring_hash', 'maglev'] || ${hashed}.all(x, !x)`,
    message: 'expected none of cookie, header, source_ip with round_robin and least_request',
  },
);
export type LoadBalancer = t.TypeOf<typeof LoadBalancer>;

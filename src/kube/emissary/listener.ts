import * as t from 'io-ts';

import { withCelRules } from '../codec/cel-rule.ts';
import { integer } from '../codec/integer.ts';
import { LabelSelector } from '../codec/label-selector.ts';
import { list } from '../codec/list.ts';
import { oneOf } from '../codec/one-of.ts';
import { Port } from '../codec/port.ts';
import { strict } from '../codec/strict.ts';
import { struct } from '../codec/struct.ts';
import { Name } from '../codec/text.ts';
import {
  advertisedPortAnnotation,
  ageField,
  metaFields,
  tlsLayoutAnnotation,
} from '../core/object-meta.ts';
import { AmbassadorId } from './ambassador-id.ts';

/** What a Listener speaks, as one word. */
const Protocol = oneOf('HTTP', 'HTTPS', 'HTTPPROXY', 'HTTPSPROXY', 'TCP', 'TLS', 'UDP');

/** The Hosts that belong to a Listener. */
const HostBinding = withCelRules(
  strict(
    struct(
      {},
      {
        namespace: struct({}, { from: oneOf('SELF', 'ALL', 'SELECTOR') }),
        selector: LabelSelector,
      },
    ),
  ),
  {
    rule: 'has(self.namespace) || has(self.selector)',
    message: 'expected namespace or selector',
  },
);

/** The same layer by layer, from the outside in. */
const ProtocolStack = withCelRules(list(oneOf('HTTP', 'PROXY', 'TLS', 'TCP', 'UDP'), 16), {
  rule: "size(self) > 0 && self[size(self) - 1] in ['TCP', 'UDP']",
  message: 'expected TCP or UDP as the last entry',
});

const int32 = 2_147_483_647;

/** getambassador.io Listener: a port, what is spoken on it, and the Hosts it serves. */
export const Listener = struct(
  {
    metadata: struct(metaFields, {
      ...ageField,
      annotations: struct(
        {},
        { [tlsLayoutAnnotation]: t.string, [advertisedPortAnnotation]: t.string },
      ),
    }),
    spec: withCelRules(
      struct(
        {
          port: Port,
          securityModel: oneOf('XFP', 'SECURE', 'INSECURE'),
          hostBinding: HostBinding,
        },
        {
          ambassador_id: AmbassadorId,
          protocol: Protocol,
          protocolStack: ProtocolStack,
          l7Depth: integer(0, int32),
          statsPrefix: Name,
          http2MaxConcurrentStreams: integer(1, int32),
        },
      ),
      {
        rule: 'has(self.protocol) != has(self.protocolStack)',
        message: 'expected exactly one of protocol and protocolStack',
        fieldPath: '.protocol',
      },
    ),
  },
  {},
);
export type Listener = t.TypeOf<typeof Listener>;

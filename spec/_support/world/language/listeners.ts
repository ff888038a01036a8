import * as fc from 'fast-check';

import { aListener, annotated, type Manifest } from '../builders.ts';
import { optional } from './ingresses.ts';

const http3 = { protocolStack: ['TLS', 'HTTP', 'UDP'] };

/** What is spoken; UDP is nothing but HTTP/3. */
const spoken = fc.constantFrom<object>(
  ...['HTTP', 'HTTPS', 'UDP', 'TCP', 'TLS'].map((protocol) => ({ protocol })),
  ...[{}, http3, http3, { protocolStack: ['HTTP', 'UDP'] }],
);

/** Listeners of every protocol on few ports. */
export const listeners: fc.Arbitrary<Manifest> = fc
  .tuple(
    fc.constantFrom('default/l1', 'shop/l2'),
    spoken,
    optional<unknown>({
      port: fc.constantFrom(8080, 8443),
      http2MaxConcurrentStreams: fc.constant(7),
      securityModel: fc.constantFrom('XFP', 'SECURE', 'INSECURE'),
      hostBinding: fc.constantFrom(
        { namespace: { from: 'ALL' } },
        { namespace: { from: 'SELF' } },
        { selector: { matchLabels: { team: 'blue' } } },
      ),
    }),
    optional({
      'headgate.io/tls-layout': fc.constantFrom('chains', 'on-demand'),
      'headgate.io/advertised-port': fc.constantFrom('443', 'none', '0'),
    }),
  )
  .map(([key, what, spec, annotations]) =>
    annotated(aListener(key, { ...what, ...spec }), annotations),
  );

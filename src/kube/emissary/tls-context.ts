import * as t from 'io-ts';

import { withCelRules } from '../codec/cel-rule.ts';
import { list } from '../codec/list.ts';
import { oneOf } from '../codec/one-of.ts';
import { struct } from '../codec/struct.ts';
import { Hostname, Name } from '../codec/text.ts';
import { ageField, metaFields } from '../core/object-meta.ts';
import { AmbassadorId } from './ambassador-id.ts';
import { hostTlsFields } from './host-tls.ts';

const TlsVersion = oneOf('v1.0', 'v1.1', 'v1.2', 'v1.3');

const Spec = struct(
  {},
  {
    ...hostTlsFields,
    ambassador_id: AmbassadorId,
    hosts: list(Hostname),
    max_tls_version: TlsVersion,
    min_tls_version: TlsVersion,
    secret: Name,
    secret_namespacing: t.boolean,
  },
);

/** getambassador.io TLSContext: how TLS is spoken, to clients or to services. */
export const TLSContext = struct(
  {
    metadata: struct(metaFields, ageField),
    spec: withCelRules(Spec, {
      rule:
        '!has(self.min_tls_version) || !has(self.max_tls_version) || ' +
        'self.min_tls_version <= self.max_tls_version',
      message: 'expected no min_tls_version above max_tls_version',
      fieldPath: '.min_tls_version',
    }),
  },
  {},
);
export type TLSContext = t.TypeOf<typeof TLSContext>;

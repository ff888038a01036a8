import * as t from 'io-ts';

import { objectKey, type ObjectKey } from '../../ir/object-ref.ts';
import { withCelRules } from '../codec/cel-rule.ts';
import { HostnameGlob } from '../codec/hostname-glob.ts';
import { integer } from '../codec/integer.ts';
import { LabelSelector } from '../codec/label-selector.ts';
import { oneOf } from '../codec/one-of.ts';
import { strict } from '../codec/strict.ts';
import { struct } from '../codec/struct.ts';
import { Name, text } from '../codec/text.ts';
import { ageField, mappingNamespacesAnnotation, metaFields } from '../core/object-meta.ts';
import { AmbassadorId } from './ambassador-id.ts';
import { HostTls } from './host-tls.ts';

/** What happens to a request that came in cleartext. */
const RequestPolicy = struct(
  {},
  {
    insecure: struct(
      {},
      { action: oneOf('Redirect', 'Reject', 'Route'), additionalPort: integer(-1, 65_535) },
    ),
  },
);

/** Where a certificate would be ordered; only the Secret's name can matter. */
const AcmeProvider = struct(
  {},
  {
    authority: text(4096),
    email: Name,
    privateKeySecret: struct({}, { name: Name }),
    registration: text(4096),
  },
);

/** getambassador.io Host: a host name, its certificate, and which Mappings it takes. */
export const Host = struct(
  {
    metadata: struct(metaFields, {
      ...ageField,
      annotations: struct({}, { [mappingNamespacesAnnotation]: t.string }),
    }),
    spec: withCelRules(
      struct(
        {},
        {
          acmeProvider: AcmeProvider,
          ambassador_id: AmbassadorId,
          hostname: HostnameGlob,
          mappingSelector: LabelSelector,
          previewUrl: struct({}, { enabled: t.boolean, type: oneOf('Path') }),
          requestPolicy: RequestPolicy,
          selector: LabelSelector,
          tls: HostTls,
          tlsContext: strict(struct({}, { name: Name })),
          tlsSecret: struct({}, { name: Name, namespace: Name }),
        },
      ),
      {
        rule: '!(has(self.tls) && has(self.tlsContext))',
        message: 'expected tls or tlsContext, not both',
        fieldPath: '.tlsContext',
      },
    ),
  },
  {},
);
export type Host = t.TypeOf<typeof Host>;

/** The Secret with the certificate of a Host; in the Host's own namespace unless it says otherwise. */
export const secretOfHost = ({ metadata, spec: { tlsSecret } }: Host): ObjectKey | undefined =>
  tlsSecret?.name === undefined
    ? undefined
    : objectKey(tlsSecret.namespace ?? metadata.namespace, tlsSecret.name);

/** Whether a Host says anything of TLS, be it what cannot be read. */
export const wantsTls = ({
  tls,
  tlsContext,
  tlsSecret,
}: { readonly [F in 'tls' | 'tlsContext' | 'tlsSecret']?: unknown }): boolean =>
  [tls, tlsContext, tlsSecret].some((said) => said !== undefined && said !== null);

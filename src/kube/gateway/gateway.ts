import * as t from 'io-ts';

import { defaulted } from '../codec/defaulted.ts';
import { dictionary } from '../codec/dictionary.ts';
import { LabelSelector } from '../codec/label-selector.ts';
import { list } from '../codec/list.ts';
import { oneOf } from '../codec/one-of.ts';
import { Port } from '../codec/port.ts';
import { strict } from '../codec/strict.ts';
import { struct } from '../codec/struct.ts';
import { text } from '../codec/text.ts';
import { ageField, metaFields } from '../core/object-meta.ts';
import { ListenerEntry } from './listener-entry.ts';
import { Group, KindName, ReferredName } from './names.ts';
import { ObjectReference, SecretReference } from './references.ts';

const none = { from: 'None' } as const;

/** Which namespaces may add listeners by a ListenerSet; none unless it says otherwise. */
const AllowedListeners = struct(
  {
    namespaces: defaulted(
      struct(
        { from: defaulted(oneOf('All', 'Selector', 'Same', 'None'), none.from) },
        { selector: LabelSelector },
      ),
      none,
    ),
  },
  {},
);

/** Which certificates of clients are accepted. */
const ClientValidation = strict(
  struct(
    {
      caCertificateRefs: list(ObjectReference, 64),
      mode: defaulted(oneOf('AllowValidOnly', 'AllowInsecureFallback'), 'AllowValidOnly'),
    },
    {},
  ),
);
export type ClientValidation = t.TypeOf<typeof ClientValidation>;

const FrontendTls = strict(struct({}, { validation: ClientValidation }));

/** A field that is misspelt could ask for certificates: without it anybody would be let in. */
const GatewayTls = strict(
  struct(
    {},
    {
      backend: strict(struct({}, { clientCertificateRef: SecretReference })),
      frontend: strict(
        struct(
          { default: FrontendTls },
          { perPort: list(strict(struct({ port: Port, tls: FrontendTls }, {})), 64) },
        ),
      ),
    },
  ),
);

const Address = struct({ type: defaulted(text(253), 'IPAddress') }, { value: text(253) });

/** The addresses that a Gateway was given, as its status says. */
export const GivenAddresses = list(Address, 64);
export type GivenAddresses = t.TypeOf<typeof GivenAddresses>;

/** gateway.networking.k8s.io Gateway: addresses with listeners, to which routes attach. */
export const Gateway = struct(
  {
    metadata: struct(metaFields, ageField),
    spec: struct(
      { gatewayClassName: ReferredName, listeners: list(ListenerEntry) },
      {
        addresses: list(Address, 64),
        infrastructure: struct(
          {},
          {
            labels: dictionary(t.string, t.string),
            annotations: dictionary(t.string, t.string),
            parametersRef: struct({ group: Group, kind: KindName, name: ReferredName }, {}),
          },
        ),
        allowedListeners: AllowedListeners,
        tls: GatewayTls,
      },
    ),
  },
  {
    /** Only the addresses that it was given before, so that it keeps them. */
    status: struct({}, { addresses: GivenAddresses }),
  },
);
export type Gateway = t.TypeOf<typeof Gateway>;

import * as t from 'io-ts';

import { dictionary } from '../codec/dictionary.ts';
import { list } from '../codec/list.ts';
import { strict } from '../codec/strict.ts';
import { struct } from '../codec/struct.ts';
import { text } from '../codec/text.ts';
import { ageField, metaFields } from '../core/object-meta.ts';
import {
  Group,
  KindName,
  PreciseHostname,
  ReferredName,
  RouteHostname,
  SectionName,
} from './names.ts';
import { LocalReference } from './references.ts';

/** The Service, or the port of it, to which TLS is spoken. */
export const PolicyTarget = struct(
  { group: Group, kind: KindName, name: ReferredName },
  { sectionName: SectionName },
);

export type PolicyTarget = t.TypeOf<typeof PolicyTarget>;

/** A name that the certificate of the backend may have. */
const SubjectAltName = struct({ type: text(64) }, { hostname: RouteHostname, uri: text(253) });

/** Which certificates of the backend are accepted. */
const Validation = strict(
  struct(
    { hostname: PreciseHostname },
    {
      caCertificateRefs: list(LocalReference, 64),
      wellKnownCACertificates: text(253),
      subjectAltNames: list(SubjectAltName, 64),
    },
  ),
);

/** gateway.networking.k8s.io BackendTLSPolicy: how TLS is spoken to Services. */
export const BackendTLSPolicy = struct(
  {
    metadata: struct(metaFields, ageField),
    spec: struct(
      { targetRefs: list(PolicyTarget, 64), validation: Validation },
      { options: dictionary(t.string, t.string) },
    ),
  },
  {},
);
export type BackendTLSPolicy = t.TypeOf<typeof BackendTLSPolicy>;

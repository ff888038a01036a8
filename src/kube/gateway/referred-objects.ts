import { objectKey, objectRef, type ObjectRef } from '../../ir/object-ref.ts';
import type { BackendTLSPolicy } from './backend-tls-policy.ts';
import type { ClientValidation, Gateway } from './gateway.ts';
import type { ListenerEntry } from './listener-entry.ts';
import type { ListenerSet } from './listener-set.ts';

/** The certificates and authorities that a Gateway refers to; whether it may is another question. */
export const referencesOfGateway = ({ metadata, spec }: Gateway): readonly ObjectRef[] => {
  const { namespace } = metadata;
  const { backend, frontend } = spec.tls ?? {};
  const own = backend?.clientCertificateRef;
  const validations = [frontend?.default, ...(frontend?.perPort ?? []).map(({ tls }) => tls)];
  return [
    ...certificatesOf(namespace, spec.listeners),
    ...(own === undefined ? [] : fetched(namespace, own)),
    ...validations.flatMap((one) => authoritiesOf(namespace, one?.validation)),
  ];
};

/** The certificates that a ListenerSet refers to. */
export const referencesOfListenerSet = ({ metadata, spec }: ListenerSet): readonly ObjectRef[] =>
  certificatesOf(metadata.namespace, spec.listeners);

/** The authorities that a BackendTLSPolicy refers to. */
export const authoritiesOfPolicy = ({ metadata, spec }: BackendTLSPolicy): readonly ObjectRef[] =>
  (spec.validation.caCertificateRefs ?? []).flatMap((ref) => fetched(metadata.namespace, ref));

const certificatesOf = (
  namespace: string,
  listeners: readonly ListenerEntry[],
): readonly ObjectRef[] =>
  listeners.flatMap(({ tls }) =>
    (tls?.certificateRefs ?? []).flatMap((ref) => fetched(namespace, ref)),
  );

const authoritiesOf = (
  namespace: string,
  validation: ClientValidation | undefined,
): readonly ObjectRef[] =>
  (validation?.caCertificateRefs ?? []).flatMap((ref) => fetched(namespace, ref));

interface Named {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** What is read of it: Secrets and ConfigMaps; other kinds are unknown to us. */
const fetched = (
  own: string,
  { group, kind, name, namespace = own }: Named,
): readonly ObjectRef[] =>
  group === '' && (kind === 'Secret' || kind === 'ConfigMap')
    ? [objectRef(kind, objectKey(namespace, name))]
    : [];

import { values, type Collection } from '../../../collection/collection.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import { normalHostname, type Hostname } from '../../../ir/hostname.ts';
import { keyParts, objectRef, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import type { SecretName } from '../../../ir/secret.ts';
import type { Terminate } from '../../../ir/tls-handshake.ts';
import { notOverQuic } from '../../../ir/tls-parameters.ts';
import { isSelective, type Selector } from '../../../ir/selector.ts';
import { emissaryGroup } from '../../../kube/emissary/group.ts';
import { secretOfHost, type Host } from '../../../kube/emissary/host.ts';
import { unfitNames } from '../../../kube/secret/certificate-names.ts';
import { fallbackSecretName } from '../../../kube/secret/fallback-secret.ts';
import { namesInvalid } from '../../../problem/names-invalid.ts';
import type { Cause, Problem } from '../../../problem/problem.ts';
import type { NamespaceGrants } from '../../grants.ts';
import { mayRefer, type MayRefer } from '../../isolation.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { isOpen, type AnyListener, type UnopenedListener } from '../listener/binding-graph.ts';
import { takesHost, type ListenerBinding } from '../listener/listener-binding.ts';
import { asWritten, writtenRef } from '../ingress/ingress-part.ts';
import { hostFaults, isServerName } from './host-faults.ts';
import type { Contender } from './host-precedence.ts';
import {
  mappingNamespacesFaults,
  mappingNamespacesOf,
  type MappingNamespaces,
} from './mapping-namespaces.ts';
import type { InsecureAction } from './security-model.ts';

/** A Host with the Listeners that take it and the certificate it asks for. */
export interface AttachedHost extends Contender {
  readonly hostname: Hostname;
  readonly selector?: Selector;
  readonly mappingNamespaces?: MappingNamespaces;
  readonly insecureAction: InsecureAction;
  readonly listeners: readonly ListenerBinding[];
  readonly certificate: Certificate;
  /** Whether TLS of TCPMappings ends here, wherever their ports are. */
  readonly hasConnections?: true;
  readonly problems: readonly Problem[];
}

/** What a Host serves over TLS: nothing, if neither `secret` nor `refuse` is there. */
export interface Certificate {
  readonly secret?: SecretName;
  readonly settings?: Terminate['settings'];
  /** The TLSContext that counts for the Host. */
  readonly context?: ObjectRef;
  /**
   * Whether TLS was asked for and cannot be served as asked: then handshakes are refused, not
   * served with less.
   */
  readonly refuse?: true;
}

/**
 * What a Host is attached with: all Listeners, open or not (under the key `all`), Secrets with what is wrong, and
 * grants.
 */
export interface AttachmentTables {
  readonly bindings: Collection<ObjectKey, AnyListener>;
  /** By Secret; one that is renewed for the same names attaches no Host anew. */
  readonly certificates: HeldCertificate;
  readonly faults: readonly Problem[];
  /** By namespace; there are none without isolation. */
  readonly grants: NamespaceGrants;
}

/** The names that the certificate of a Secret is for; or why there is no certificate with its key. */
export type HeldCertificate = string | readonly Hostname[];

/** Finds the Listeners that take a Host and looks for its certificate. */
export const attachHost = (options: TranslateOptions) => {
  const isAllowed = mayRefer(options);
  return (host: Host, key: ObjectKey, read: Read<AttachmentTables>): AttachedHost => {
    const ref = writtenRef('Host', key);
    const { spec, metadata } = host;
    const { creationTimestamp: created } = metadata;
    const faults = hostFaults(ref, spec);
    const { problems, ...certificate } = certificateOf(host, ref, read, isAllowed);
    const all = read('bindings', 'all');
    const taking =
      all === undefined || faults.fatal.length > 0
        ? []
        : [...values(all)].filter((one) => takesHost(one, metadata));
    const listeners = taking.filter(isOpen);
    const selector = [spec.mappingSelector, spec.selector].find(isSelective);
    const mappingNamespaces = mappingNamespacesOf(options, metadata);
    return {
      key,
      ref,
      ...(created === undefined ? {} : { created }),
      standing: certificate.secret === undefined ? 'plain' : 'certified',
      hostname: normalHostname(spec.hostname ?? '*'),
      ...(selector === undefined ? {} : { selector }),
      ...(mappingNamespaces === undefined ? {} : { mappingNamespaces }),
      insecureAction: spec.requestPolicy?.insecure?.action ?? 'Redirect',
      listeners,
      certificate,
      problems: asWritten(key, [
        ...faults.fatal,
        ...faults.minor,
        ...mappingNamespacesFaults(ref, metadata),
        ...problems,
        ...(faults.fatal.length === 0 ? unbound(ref, taking) : []),
      ]),
    };
  };
};

/** Whether a Host serves its name over TLS, or refuses it, on a Listener that takes it. */
export const asksForTls = (
  { hostname, certificate: { secret, refuse } }: AttachedHost,
  { tls }: ListenerBinding,
): boolean => tls && isServerName(hostname) && (secret !== undefined || refuse === true);

/** Whether handshakes for its name are refused there: what is asked for cannot be had, or not over QUIC. */
export const refusesTls = (
  { certificate: { secret, settings } }: Pick<AttachedHost, 'certificate'>,
  { quic }: Pick<ListenerBinding, 'quic'>,
): boolean =>
  secret === undefined || (quic === true && notOverQuic(settings?.parameters) !== undefined);

const isUnopened = (one: AnyListener): one is UnopenedListener => !isOpen(one);

/**
 * What follows from Listeners that are not open; beside one that is, only from those that lost their port to
 * something that does not serve the Host.
 */
const unbound = (object: ObjectRef, taking: readonly AnyListener[]): readonly Problem[] => {
  const open = taking.filter(isOpen).map(({ name }) => name);
  const isServed = open.length > 0;
  const causes = taking
    .filter(isUnopened)
    .filter(({ lost }) => !isServed || (lost !== undefined && !open.includes(lost)))
    .map(({ ref, reason }): Cause => ({ object: ref, reason }))
    .sort((a, b) => (a.object < b.object ? -1 : 1))
    .slice(0, mostCauses);
  const at = { object, field: '' };
  const none = { ...at, _tag: 'NotAttached' } as const;
  if (causes.length > 0)
    return isServed
      ? [{ ...at, _tag: 'LeftOut', reason: 'not served on all its Listeners', causes }]
      : [{ ...none, reason: 'no Listener takes this Host', causes }];
  return isServed
    ? []
    : [{ ...none, reason: 'no Listener takes this Host (hostBinding); expected at least one' }];
};

/** As many Listeners are named at most. */
const mostCauses = 3;

interface Found extends Certificate {
  readonly problems: readonly Problem[];
}

const certificateOf = (
  host: Host,
  object: ObjectRef,
  read: Read<AttachmentTables>,
  isAllowed: MayRefer,
): Found => {
  const name = secretOfHost(host);
  if (name === undefined) return { problems: [] };
  const field = 'spec.tlsSecret';
  const invalid = (reason: string): Found => ({
    refuse: true,
    problems: [{ _tag: 'InvalidCertificate', object, field, reason }],
  });
  const held = read('certificates', name);
  const target = objectRef('Secret', name);
  const hostname = normalHostname(host.spec.hostname ?? '*');
  const { namespace } = host.metadata;
  const [other, secretName] = keyParts(name);
  // Whoever names the fallback knows that clients which check certificates refuse it anyway.
  const isJudged = isServerName(hostname) && secretName !== fallbackSecretName;
  const served = (names: readonly Hostname[]): Found => ({
    secret: name,
    problems: isJudged ? unfitNames(object, field, name, names, hostname) : [],
  });
  const from = { group: emissaryGroup, kind: 'Host', namespace };
  const to = { group: '', kind: 'Secret', namespace: other, name: secretName };
  if (other !== namespace)
    return typeof held === 'object' && isAllowed(from, to, (one) => read('grants', one))
      ? served(held)
      : { refuse: true, problems: [{ _tag: 'RefNotUsable', object, field, target }] };
  if (held === undefined)
    return read('faults', target) === undefined
      ? { refuse: true, problems: [{ _tag: 'NotFound', object, field, target }] }
      : { refuse: true, problems: [namesInvalid(object, field, target)] };
  return typeof held === 'string' ? invalid(`${target} ${held}`) : served(held);
};

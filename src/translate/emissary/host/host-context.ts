import { definedOnly } from '../../../collection/defined-only.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import { normalHostname } from '../../../ir/hostname.ts';
import { objectKey } from '../../../ir/object-ref.ts';
import type { ClientVerification, Terminate } from '../../../ir/tls-handshake.ts';
import { notOverQuic } from '../../../ir/tls-parameters.ts';
import { secretOfHost, type Host } from '../../../kube/emissary/host.ts';
import { unfitNames } from '../../../kube/secret/certificate-names.ts';
import { namesInvalid } from '../../../problem/names-invalid.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { SpokenTls } from '../context/spoken-tls.ts';
import type { AttachedHost, AttachmentTables } from './attachment.ts';
import type { Chosen } from './chosen-context.ts';
import { isServerName } from './host-faults.ts';

type Certificates = Read<Pick<AttachmentTables, 'certificates'>>;

/**
 * A Host with the TLS settings that count for it. If they cannot be obeyed as a whole its handshakes are
 * refused, rather than clients be let in with less.
 */
export const withContext = (
  attached: AttachedHost,
  host: Host,
  chosen: Chosen,
  read: Certificates,
): AttachedHost => {
  if (chosen._tag === 'Unknown') return refusing(attached, [chosen.problem]);
  const { tls } = chosen;
  const own = tls.ref === attached.ref ? tls.problems : [];
  const fault = faultOf(attached, host, chosen);
  if (tls.isClosed === true || fault !== undefined)
    return refusing(attached, [...own, ...(fault === undefined ? [] : [fault])], contextOf(chosen));
  // A Host whose Secret cannot be used says so already.
  const secret = attached.certificate.secret ?? (hasSecret(host) ? undefined : tls.certificate);
  if (secret === undefined) return refusing(attached, own, contextOf(chosen));
  return {
    ...attached,
    standing: 'strict',
    certificate: definedOnly<AttachedHost['certificate']>({
      secret,
      settings: settingsOf(tls),
      context: contextOf(chosen),
    }),
    problems: [
      ...attached.problems,
      ...own,
      ...notes(attached, host, chosen),
      ...leftOutOverQuic(attached, chosen),
      ...(hasSecret(host) ? [] : unfit(attached, chosen.field, secret, read)),
    ],
  };
};

const refusing = (
  attached: AttachedHost,
  problems: readonly Problem[],
  context?: AttachedHost['ref'],
): AttachedHost => ({
  ...attached,
  standing: 'strict',
  certificate: definedOnly<AttachedHost['certificate']>({ refuse: true, context }),
  problems: [...attached.problems, ...problems],
});

const contextOf = ({ _tag, tls }: Exclude<Chosen, { _tag: 'Unknown' }>) =>
  _tag === 'Context' ? tls.ref : undefined;

const hasSecret = ({ spec }: Host): boolean => spec.tlsSecret?.name !== undefined;

type Known = Exclude<Chosen, { readonly _tag: 'Unknown' }>;

/** Why a Host cannot be served with its settings, beside what is wrong with them in themselves. */
const faultOf = (
  { ref: object }: AttachedHost,
  host: Host,
  { _tag, tls, field }: Known,
): Problem | undefined => {
  if (_tag === 'Context' && tls.isClosed === true) return namesInvalid(object, field, tls.ref);
  if (tls.isClosed !== true && tls.certRequired === true && tls.authority === undefined)
    return {
      _tag: 'InvalidField',
      object,
      field: _tag === 'Inline' ? `${field}.cert_required` : field,
      expected: 'ca_secret with cert_required, which says whose certificates are accepted',
      got: 'no ca_secret',
    };
  const secret = secretOfHost(host);
  if (secret === undefined)
    return tls.certificate !== undefined || tls.isClosed === true
      ? undefined
      : {
          _tag: 'InvalidField',
          object,
          field: 'spec.tlsSecret',
          expected: 'the Secret with the certificate, here or in the TLSContext',
          got: 'nothing',
        };
  if (tls.certificate === undefined || tls.certificate === secret) return undefined;
  // To Emissary a Secret of a TLSContext is one of the Host's namespace.
  const [, name = ''] = tls.certificate.split('/');
  if (objectKey(host.metadata.namespace, name) === secret) return undefined;
  const reason = `the certificate is that of Secret ${secret} here, and that of Secret ${tls.certificate} there`;
  return { _tag: 'Conflict', object, field: 'spec.tlsSecret', other: tls.ref, reason };
};

/** What such settings ask of handshakes with clients, beside the certificate. */
export const settingsOf = (tls: SpokenTls): Terminate['settings'] => {
  const settings = definedOnly<NonNullable<Terminate['settings']>>({
    parameters: tls.parameters,
    alpn: tls.alpn,
    clients: clientsOf(tls),
  });
  return Object.keys(settings).length === 0 ? undefined : settings;
};

const clientsOf = ({ authority, certRequired }: SpokenTls): ClientVerification | undefined =>
  authority && {
    trust: authority.bundle,
    names: [],
    admits: certRequired === true ? 'Verified' : 'VerifiedOrNone',
  };

const leftOutOverQuic = (
  { ref: object, listeners }: AttachedHost,
  { tls, field }: Known,
): readonly Problem[] => {
  const obstacle = notOverQuic(tls.parameters);
  return obstacle !== undefined && listeners.some(({ quic }) => quic === true)
    ? [
        {
          _tag: 'LeftOut',
          object,
          field,
          reason: `not served over HTTP/3, where ${obstacles[obstacle]}`,
        },
      ]
    : [];
};

const obstacles = {
  maxVersion: 'TLS is 1.3: max_tls_version allows none of it',
  curves: 'Envoy does not keep to ecdh_curves',
};

/** What has no effect; as in Emissary, a TLSContext counts for a Host although it lists others. */
const notes = (
  { ref: object, hostname }: AttachedHost,
  { metadata }: Host,
  chosen: Known,
): readonly Problem[] => {
  const { tls, field, passedOver } = chosen;
  const note = (at: string, text: string): Problem => ({
    _tag: 'Note',
    object,
    field: at,
    note: text,
  });
  const found: Problem[] = [];
  if (passedOver !== undefined)
    found.push(
      note(field, `${passedOver}, which is called after this Host, does not count beside it`),
    );
  if (chosen._tag === 'Inline') {
    if (tls.sni !== undefined) found.push(note(`${field}.sni`, 'no effect: it is for services'));
    return found;
  }
  const { hosts } = chosen.tls;
  const names = [hostname, normalHostname(metadata.name)];
  if (hosts.length > 0 && !names.some((name) => hosts.includes(name)))
    found.push(note(field, `${tls.ref} counts, although this Host is not among its hosts`));
  return found;
};

const unfit = (
  { ref, hostname }: AttachedHost,
  field: string,
  secret: NonNullable<AttachedHost['certificate']['secret']>,
  read: Certificates,
): readonly Problem[] => {
  const held = read('certificates', secret);
  return typeof held === 'object' && isServerName(hostname)
    ? unfitNames(ref, field, secret, held, hostname)
    : [];
};

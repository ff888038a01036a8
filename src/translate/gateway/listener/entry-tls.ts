import type { Read } from '../../../collection/operator/join-each.ts';
import { definedOnly } from '../../../collection/defined-only.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { SecretName } from '../../../ir/secret.ts';
import type { ClientVerification } from '../../../ir/tls-handshake.ts';
import type { ListenerEntry } from '../../../kube/gateway/listener-entry.ts';
import { certificateNames, unfitNames } from '../../../kube/secret/certificate-names.ts';
import type { Problem } from '../../../problem/problem.ts';
import { findCertificate, type CertificateTables } from '../certificate/certificate-reference.ts';
import { clientsOn, type GatewaySecurity } from '../certificate/gateway-security.ts';
import type { Refusal } from '../class/our-gateways.ts';
import type { Referrer } from '../../grants.ts';
import { told } from '../report/told.ts';
import { entryField } from './compiled-parent.ts';
import { distinctCertificates } from '../certificate/distinct-certificates.ts';

/** How TLS ends at a listener. */
interface EntryTls {
  /** The certificates that can be served; none for HTTP. */
  readonly certificates: readonly SecretName[];
  /** Which clients are let in; absent: all. */
  readonly clients?: ClientVerification;
  readonly refusal?: Refusal;
  readonly unresolved?: Refusal;
  readonly problems: readonly Problem[];
}

/** Finds the certificates of a listener, and whose certificates it accepts. */
export const entryTls = (
  object: ObjectRef,
  from: Referrer,
  { protocol, port, hostname = '*', tls }: ListenerEntry,
  at: number,
  security: GatewaySecurity | undefined,
  read: Read<CertificateTables>,
): EntryTls => {
  const field = (name: string) => entryField(at, `tls${name}`);
  const unsupported = (name: string, expected: string, got: string): EntryTls => ({
    certificates: [],
    refusal: {
      reason: 'UnsupportedValue',
      message: `${field(name)}: expected ${expected}, got ${got}`,
    },
    problems: [{ _tag: 'InvalidField', object, field: field(name), expected, got }],
  });
  if (protocol === 'HTTP' && tls !== undefined)
    return unsupported('', 'nothing, because HTTP is cleartext', 'TLS settings');
  if (protocol !== 'HTTPS') return { certificates: [], problems: [] };
  if (tls?.mode === 'Passthrough')
    return unsupported('.mode', 'Terminate, because requests are routed', '"Passthrough"');
  const refs = tls?.certificateRefs ?? [];
  const found = refs.map((ref, i) =>
    findCertificate(object, from, field(`.certificateRefs[${i}]`), ref, read),
  );
  const { names, problems: duplicates } = distinctCertificates(
    object,
    found.map((one, i) => [field(`.certificateRefs[${i}]`), one] as const),
  );
  const unfit = found.flatMap((one, i) =>
    one._tag === 'Found' && names.includes(one.name)
      ? unfitNames(
          object,
          field(`.certificateRefs[${i}]`),
          one.name,
          certificateNames(one.secret),
          hostname,
        )
      : [],
  );
  const missing: Problem = {
    _tag: 'InvalidField',
    object,
    field: field('.certificateRefs'),
    expected: 'the Secret of a certificate',
    got: 'none',
  };
  const faults = found.filter((one) => one._tag !== 'Found');
  const [fault = refs.length === 0 ? { _tag: 'NotFound', problem: missing } : undefined] = faults;
  const trust = security === undefined ? undefined : clientsOn(security, port);
  return definedOnly<EntryTls>({
    certificates: names,
    clients: trust?.clients,
    refusal:
      trust === undefined || trust.clients !== undefined
        ? undefined
        : {
            reason: 'NoValidCACertificate',
            message: `no authority for certificates of clients can be used: ${trust.unresolved?.message ?? 'none is named'}`,
          },
    unresolved: fault === undefined ? trust?.unresolved : unresolved(fault._tag, fault.problem),
    problems: [
      ...(refs.length === 0 ? [missing] : faults.map(({ problem }) => problem)),
      ...duplicates,
      ...unfit,
      ...(tls?.options === undefined || Object.keys(tls.options).length === 0
        ? []
        : [{ _tag: 'NotYetSupported', object, field: field('.options') } as const]),
    ],
  });
};

const unresolved = (cause: 'NotFound' | 'NotPermitted', problem: Problem): Refusal => ({
  reason: cause === 'NotPermitted' ? 'RefNotPermitted' : 'InvalidCertificateRef',
  message: told([problem]),
});

import { definedOnly } from '../../../collection/defined-only.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import type { TlsVersion } from '../../../ir/tls-parameters.ts';
import type { TlsFields } from '../../../kube/emissary/host-tls.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { findSecret, type SecretFound, type SecretTables, type SecretUse } from './find-secret.ts';
import type { Authority, SpokenTls } from './spoken-tls.ts';

/** TLS settings, and where they stand. */
interface AskedTls {
  readonly ref: ObjectRef;
  readonly kind: 'Host' | 'TLSContext';
  readonly namespace: string;
  /** The field that they are in: `spec`, or `spec.tls`. */
  readonly at: string;
  readonly fields: TlsFields;
}

/**
 * Finds the Secrets that TLS settings name, and reads the rest. Settings that cannot be obeyed as they are
 * written close what they are for: with less a client or a service would be trusted that should not be.
 */
export const compileTls = (options: TranslateOptions) => {
  const find = findSecret(options);
  return ({ ref, kind, namespace, at, fields }: AskedTls, read: Read<SecretTables>): SpokenTls => {
    const faults: Problem[] = [];
    const field = (name: string) => `${at}.${name}`;
    const invalid = (name: string, expected: string, got: string): undefined => {
      faults.push({ _tag: 'InvalidField', object: ref, field: field(name), expected, got });
    };
    const secret = (name: 'secret' | 'ca_secret' | 'crl_secret', use: SecretUse) => {
      const written = fields[name];
      if (written === undefined || written === '') return undefined;
      const from = { ref, kind, namespace, field: field(name) };
      const found = find(from, written, fields.secret_namespacing, use, read);
      if ('problem' in found) faults.push(found.problem);
      return found;
    };
    const own = keyOf(secret('secret', 'certificate'));
    const trusted = secret('ca_secret', 'authorities');
    const revoked = secret('crl_secret', 'revocations');
    const authority = authorityOf(
      keyOf(trusted) ?? istioAuthority(own, trusted, read),
      keyOf(revoked),
    );
    if (revoked !== undefined && trusted === undefined && authority === undefined)
      invalid('crl_secret', 'ca_secret with it', 'no ca_secret');
    for (const name of files) {
      const written = fields[name];
      if (written !== undefined && written !== '')
        invalid(name, `${secretFor[name]}, because files are not read`, JSON.stringify(written));
    }
    const version = (name: 'min_tls_version' | 'max_tls_version'): TlsVersion | undefined => {
      const written = fields[name];
      if (written === undefined || written === '') return undefined;
      const known = versions[written];
      return known ?? invalid(name, 'v1.0, v1.1, v1.2 or v1.3', JSON.stringify(written));
    };
    const [minVersion, maxVersion] = [version('min_tls_version'), version('max_tls_version')];
    if (minVersion !== undefined && maxVersion !== undefined && minVersion > maxVersion)
      invalid(
        'min_tls_version',
        'no version above max_tls_version',
        JSON.stringify(fields.min_tls_version),
      );
    const parameters = definedOnly<NonNullable<SpokenTls['parameters']>>({
      ...{ minVersion, maxVersion },
      ciphers: unlessEmpty(fields.cipher_suites),
      curves: unlessEmpty(fields.ecdh_curves),
    });
    const isRequired = fields.cert_required === true || isRequiredBy(authority, read);
    return definedOnly<SpokenTls>({
      ref,
      certificate: own,
      authority,
      certRequired: isRequired || undefined,
      parameters: Object.keys(parameters).length === 0 ? undefined : parameters,
      alpn: unlessEmpty(protocolsIn(fields.alpn_protocols)),
      sni: fields.sni,
      isClosed: faults.length > 0 || undefined,
      problems:
        faults.length === 0 ? notes(ref, at, fields) : [...faults, ...notes(ref, at, fields)],
    });
  };
};

const keyOf = (found: SecretFound | undefined): ObjectKey | undefined =>
  found !== undefined && 'key' in found ? found.key : undefined;

/** A Secret of Istio holds the authorities of its mesh beside its certificate. */
const istioAuthority = (
  own: ObjectKey | undefined,
  trusted: SecretFound | undefined,
  read: Read<SecretTables>,
): ObjectKey | undefined =>
  own !== undefined && trusted === undefined && read('secrets', own)?.authorities !== undefined
    ? own
    : undefined;

const authorityOf = (
  authorities: ObjectKey | undefined,
  revocations: ObjectKey | undefined,
): Authority | undefined => {
  if (authorities === undefined) return undefined;
  const bundle = `trust://secret/${authorities}` as const;
  return revocations === undefined
    ? { bundle, authorities }
    : { bundle: `${bundle}+${revocations}`, authorities, revocations };
};

const isRequiredBy = (authority: Authority | undefined, read: Read<SecretTables>): boolean =>
  authority !== undefined && read('secrets', authority.authorities)?.certRequired === true;

const files = ['cert_chain_file', 'private_key_file', 'cacert_chain_file'] as const;

const secretFor = {
  cert_chain_file: 'secret',
  private_key_file: 'secret',
  cacert_chain_file: 'ca_secret',
} as const;

const versions: Readonly<Record<string, TlsVersion>> = {
  'v1.0': '1.0',
  'v1.1': '1.1',
  'v1.2': '1.2',
  'v1.3': '1.3',
};

/** One text with all protocols, the preferred one first. */
const protocolsIn = (written = ''): readonly string[] =>
  written
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

const unlessEmpty = <A>(list: readonly A[] | undefined): readonly A[] | undefined =>
  list === undefined || list.length === 0 ? undefined : list;

const notes = (object: ObjectRef, at: string, fields: TlsFields): readonly Problem[] =>
  fields.redirect_cleartext_from === undefined || fields.redirect_cleartext_from === 0
    ? []
    : [
        {
          _tag: 'Note',
          object,
          field: `${at}.redirect_cleartext_from`,
          note: 'no effect: what becomes of requests in cleartext is said by requestPolicy of a Host',
        },
      ];

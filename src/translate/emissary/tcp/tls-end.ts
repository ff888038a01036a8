import { empty, values, type Collection } from '../../../collection/collection.ts';
import { definedOnly } from '../../../collection/defined-only.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import { namespaceOf, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import { patternsAround, type ServerNames } from '../../../ir/server-name.ts';
import type { Host } from '../../../kube/emissary/host.ts';
import { unfitNames } from '../../../kube/secret/certificate-names.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { NamespaceGrants } from '../../grants.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { nearestContexts } from '../context/context-named.ts';
import type { CompiledContext } from '../context/spoken-tls.ts';
import type { AttachedHost, AttachmentTables, Certificate } from '../host/attachment.ts';
import { settingsOf } from '../host/host-context.ts';
import { settleName } from '../host/host-precedence.ts';
import type { TcpGroup } from './tcp-group.ts';

/** What the certificate of a server name is looked up in. */
export interface TlsEndTables extends Pick<AttachmentTables, 'certificates'> {
  /** By hostname. */
  readonly hosts: Collection<ObjectKey, AttachedHost>;
  /** The Host that there is where nobody has written one. */
  readonly defaults: Host;
  /** By each of their `hosts`. */
  readonly contexts: Collection<ObjectKey, CompiledContext>;
  /** By namespace; there are none without isolation. */
  readonly grants: NamespaceGrants;
}

/** Where TLS ends for a server name: at a Host, or as a TLSContext says. */
interface TlsEnd {
  readonly ref: ObjectRef;
  readonly certificate: Certificate;
  readonly problems: readonly Problem[];
}

/**
 * Finds where TLS ends for a server name of TCPMappings: at the Host that has the narrowest name around it and asks
 * for TLS; where nobody has written one, as the TLSContext says that has this very name among its hosts. None, if that
 * Host does not take objects of all members: a wider one may ask clients for less, and so may a TLSContext.
 */
export const tlsEnd =
  (options: TranslateOptions) =>
  (
    name: ServerNames,
    members: TcpGroup['members'],
    read: Read<TlsEndTables>,
  ): TlsEnd | undefined => {
    for (const pattern of patternsAround(name)) {
      const named = [...values(read('hosts', pattern) ?? empty<ObjectKey, AttachedHost>())].filter(
        ({ key, certificate: { secret, refuse } }) =>
          (secret !== undefined || refuse === true) && read('defaults', key) === undefined,
      );
      if (named.length > 0) return ofHosts(named, members);
    }
    const [{ key }] = members;
    const from = { kind: 'TCPMapping', namespace: namespaceOf(key) };
    const listing = [...values(read('contexts', name) ?? empty<ObjectKey, CompiledContext>())];
    return ofContexts(nearestContexts(listing, from, options, read), name, members, read);
  };

const ofHosts = (
  named: readonly AttachedHost[],
  members: TcpGroup['members'],
): TlsEnd | undefined => {
  const all = named.filter(({ mappingNamespaces: open }) =>
    members.every(({ key }) => open === undefined || Object.hasOwn(open, namespaceOf(key))),
  );
  const found = settleName(all)[0]?.winner ?? all[0];
  return found && { ref: found.ref, certificate: found.certificate, problems: [] };
};

/** Of several the strictest counts, as among Hosts. */
const ofContexts = (
  nearest: readonly CompiledContext[],
  name: ServerNames,
  members: TcpGroup['members'],
  read: Read<TlsEndTables>,
): TlsEnd | undefined => {
  const ends = nearest.map((context) => {
    const certificate = certificateOf(context);
    const isStrict = certificate.refuse === true || certificate.settings !== undefined;
    return { ...context, certificate, standing: isStrict ? 'strict' : 'certified' } as const;
  });
  const found = settleName(ends)[0]?.winner ?? ends[0];
  if (found === undefined) return undefined;
  const { ref, certificate } = found;
  const { secret } = certificate;
  const held = secret && read('certificates', secret);
  const problems =
    secret !== undefined && typeof held === 'object'
      ? members.flatMap((one) => unfitNames(one.ref, 'spec.host', secret, held, name))
      : [];
  return { ref, certificate, problems };
};

/** What a TLSContext serves by itself; handshakes are refused, if it cannot be obeyed as a whole. */
const certificateOf = (context: CompiledContext): Certificate => {
  const { ref, certificate: secret, authority, certRequired, isClosed } = context;
  const isOpenToAll = certRequired === true && authority === undefined;
  return secret === undefined || isClosed === true || isOpenToAll
    ? { refuse: true, context: ref }
    : definedOnly<Certificate>({ secret, settings: settingsOf(context), context: ref });
};

import { empty, entries, get, values, type Collection } from '../collection/collection.ts';
import { groupBy, type Grouped } from '../collection/group-by.ts';
import { joinEach, type Joined, type Read } from '../collection/join-each.ts';
import { mapEach, type Mapped } from '../collection/map-each.ts';
import type { ListenerName } from '../ir/listener.ts';
import type { ObjectKey } from '../ir/object-ref.ts';
import type { ServerCertificate, ServerNames } from '../ir/server-certificate.ts';
import { asksForTls, type AttachedHost } from './attachment.ts';
import type { ListenerBinding } from './listener-binding.ts';
import { tlsLayouts, type ListenerLayout } from './tls-layout.ts';

/** From the TLS Hosts of each Listener to its layout and to the certificates that come on demand. */
export interface CertificateGraph {
  readonly asked: Grouped<ObjectKey, AttachedHost, NamesOnListener, ServerCertificate>;
  readonly served: Mapped<
    NamesOnListener,
    Collection<ObjectKey, ServerCertificate>,
    ServerCertificate
  >;
  readonly ofListener: Grouped<NamesOnListener, ServerCertificate, ListenerName, true>;
  readonly byNames: Grouped<NamesOnListener, ServerCertificate, ServerNames, ServerCertificate>;
  readonly agreed: Grouped<ServerNames, Served, TwoListeners, true>;
  readonly layouts: Collection<ListenerName, ListenerLayout>;
  readonly certificates: Joined<ServerNames, Served, LayoutTables, ServerCertificate>;
}

type NamesOnListener = `${ListenerName} ${ServerNames}`;

type TwoListeners = `${ListenerName} ${ListenerName}`;

/** What the Listeners serve for the same names. */
type Served = Collection<NamesOnListener, ServerCertificate>;

interface LayoutTables {
  readonly layouts: ListenerLayout;
}

/** Settles what each Listener serves for each server name, and from there how. */
export const certificateGraph = (
  previous: CertificateGraph | undefined,
  hosts: Collection<ObjectKey, AttachedHost>,
  listeners: Collection<ListenerName, ListenerBinding>,
): CertificateGraph => {
  const asked = askedFor(previous?.asked, hosts);
  const served = serveEach(previous?.served, asked.output);
  const ofListener = byListener(previous?.ofListener, served.output);
  const byNames = namesOf(previous?.byNames, served.output);
  const agreed = agreementsOf(previous?.agreed, byNames.output);
  const serverNames = (name: ListenerName): number => get(ofListener.output, name)?.size ?? 0;
  const layouts = tlsLayouts(previous?.layouts ?? empty(), {
    listeners: values(listeners),
    serverNames,
    agree: (a, b) => {
      const agreements = get(agreed.output, `${a} ${b}`)?.size ?? 0;
      return agreements === serverNames(a) && agreements === serverNames(b);
    },
  });
  const certificates = onDemandEach(previous?.certificates, byNames.output, { layouts });
  return { asked, served, ofListener, byNames, agreed, layouts, certificates };
};

const askedFor = groupBy((host: AttachedHost, _: ObjectKey) =>
  host.listeners
    .filter((binding) => asksForTls(host, binding))
    .map(({ name }): readonly [NamesOnListener, ServerCertificate] => {
      const { hostname: names, certificate, ref } = host;
      const { secret } = certificate;
      const from = [ref];
      const one = secret === undefined ? { names, from } : { names, secret, from };
      return [`${name} ${names}`, one];
    }),
);

/** Of Hosts that share a server name, one with a certificate, of the least key. */
const serveEach = mapEach(
  (hosts: Collection<ObjectKey, ServerCertificate>, _: NamesOnListener) =>
    [...entries(hosts)].sort(byPreference)[0]?.[1],
);

type Offered = readonly [ObjectKey, ServerCertificate];

const byPreference = ([a, left]: Offered, [b, right]: Offered): number =>
  Number(left.secret === undefined) - Number(right.secret === undefined) || (a < b ? -1 : 1);

const byListener = groupBy((_: ServerCertificate, key: NamesOnListener) => [
  [listenerOf(key), true as const] as const,
]);

const namesOf = groupBy((served: ServerCertificate, _: NamesOnListener) => [
  [served.names, served] as const,
]);

/** For each two Listeners the names for which they serve the same. */
const agreementsOf = groupBy((served: Served, _: ServerNames) => {
  const offers = [...entries(served)].sort(([a], [b]) => (a < b ? -1 : 1));
  return offers.flatMap(([a, left], i) =>
    offers
      .slice(i + 1)
      .filter(([, right]) => left.secret === right.secret)
      .map(([b]) => [`${listenerOf(a)} ${listenerOf(b)}`, true as const] as const),
  );
});

/** All Listeners that serve on demand agree. */
const onDemandEach = joinEach(
  (served: Served, _: ServerNames, read: Read<LayoutTables>): ServerCertificate | undefined =>
    [...entries(served)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .find(([key]) => read('layouts', listenerOf(key))?.layout === 'on-demand')?.[1],
);

const listenerOf = (key: NamesOnListener): ListenerName => key.slice(0, key.indexOf(' '));

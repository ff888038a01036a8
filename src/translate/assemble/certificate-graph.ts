import { empty, entries, get, values, type Collection } from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import { equal } from '../../collection/equal.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import type { Work } from '../../collection/work.ts';
import type { ListenerName } from '../../ir/listener.ts';
import type { ObjectKey } from '../../ir/object-ref.ts';
import type { ServerCertificate, ServerNames } from '../../ir/server-certificate.ts';
import { asksForTls, type AttachedHost } from '../emissary/host/attachment.ts';
import { byHostPrecedence } from '../emissary/host/host-precedence.ts';
import type { ListenerBinding } from '../emissary/listener/listener-binding.ts';
import { tlsLayouts, type ListenerLayout } from './tls-layout.ts';

/** From the TLS Hosts of each Listener to its layout and to the certificates that come on demand. */
export interface CertificateGraph extends Demand {
  readonly asked: Grouped<ObjectKey, AttachedHost, NamesOnListener, AttachedHost>;
  readonly served: Mapped<NamesOnListener, Collection<ObjectKey, AttachedHost>, ServerCertificate>;
  readonly byNames: Grouped<NamesOnListener, ServerCertificate, ServerNames, ServerCertificate>;
  readonly layouts: Collection<ListenerName, ListenerLayout>;
  readonly certificates: Joined<ServerNames, Served, LayoutTables, ServerCertificate>;
}

/** What decides the layouts. */
interface Demand {
  readonly listeners: Collection<ListenerName, ListenerBinding>;
  readonly ofListener: Grouped<NamesOnListener, ServerCertificate, ListenerName, true>;
  readonly agreed: Grouped<ServerNames, Served, TwoListeners, true>;
}

type NamesOnListener = `${ListenerName} ${ServerNames}`;

type TwoListeners = `${ListenerName} ${ListenerName}`;

/** What the Listeners serve for the same names. */
type Served = Collection<NamesOnListener, ServerCertificate>;

interface LayoutTables {
  readonly layouts: ListenerLayout;
}

/** Settles what each Listener serves for each server name, and from there how. */
export function* certificateGraph(
  previous: CertificateGraph | undefined,
  hosts: Collection<ObjectKey, AttachedHost>,
  listeners: Collection<ListenerName, ListenerBinding>,
): Work<CertificateGraph> {
  const asked = yield* askedFor(previous?.asked, hosts);
  const served = yield* serveEach(previous?.served, asked.output);
  const ofListener = yield* byListener(previous?.ofListener, served.output);
  const byNames = yield* namesOf(previous?.byNames, served.output);
  const agreed = yield* agreementsOf(previous?.agreed, byNames.output);
  const demand = { listeners, ofListener, agreed };
  const layouts = layoutsAfter(previous, demand);
  const certificates = yield* onDemandEach(previous?.certificates, byNames.output, { layouts });
  return { listeners, asked, served, ofListener, byNames, agreed, layouts, certificates };
}

/** Whether Listeners are laid out as they would be after a former state, whatever was in between. */
export const areLaidOutAsAfter = (
  before: CertificateGraph | undefined,
  after: CertificateGraph,
): boolean =>
  diff(after.layouts, layoutsAfter(before, after)).every((change) =>
    equal(change.before, change.after),
  );

const layoutsAfter = (
  before: CertificateGraph | undefined,
  { listeners, ofListener, agreed }: Demand,
): CertificateGraph['layouts'] => {
  const serverNames = (name: ListenerName): number => get(ofListener.output, name)?.size ?? 0;
  return tlsLayouts(before?.layouts ?? empty(), {
    listeners: values(listeners),
    serverNames,
    agree: (a, b) => {
      const agreements = get(agreed.output, `${a} ${b}`)?.size ?? 0;
      return agreements === serverNames(a) && agreements === serverNames(b);
    },
  });
};

const askedFor = groupBy((host: AttachedHost, _: ObjectKey) =>
  host.listeners
    .filter((binding) => asksForTls(host, binding))
    .map(({ name }): readonly [NamesOnListener, AttachedHost] => [
      `${name} ${host.hostname}`,
      host,
    ]),
);

/** Of Hosts that share a server name, the first by precedence. */
const serveEach = mapEach(
  (
    hosts: Collection<ObjectKey, AttachedHost>,
    _: NamesOnListener,
  ): ServerCertificate | undefined => {
    const [first] = [...values(hosts)].sort(byHostPrecedence);
    if (first === undefined) return undefined;
    const { hostname: names, certificate, ref } = first;
    const { secret } = certificate;
    const from = [ref];
    return secret === undefined ? { names, from } : { names, secret, from };
  },
);

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

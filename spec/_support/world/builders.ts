import { isSome } from 'fp-ts/lib/Option.js';

import { values } from '../../../src/collection/collection.ts';
import type { Backend } from '../../../src/ir/backend.ts';
import type { Fraction } from '../../../src/ir/fraction.ts';
import type { Ir } from '../../../src/ir/ir.ts';
import type { HeaderMatch, Route } from '../../../src/ir/route.ts';
import type { VirtualHost } from '../../../src/ir/virtual-host.ts';
import { decode } from '../../../src/kube/decode.ts';
import { kinds } from '../../../src/kube/kind.ts';
import type { Decoded, KubeEvent } from '../../../src/kube/kube-event.ts';
import {
  applyAll,
  emptyStore,
  synced,
  type ObjectStore,
  type SyncedStore,
} from '../../../src/kube/store/object-store.ts';
import { showProblem } from '../../../src/problem/show-problem.ts';
import { allProblems } from '../../../src/translate/assemble/problems.ts';
import { translate, type Translation } from '../../../src/translate/translate.ts';

/** An object as users write it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** An object of a kind, by its key. */
export const manifest =
  (apiVersion: string, kind: string) =>
  (key: string, fields: Fields = {}, labels: Readonly<Record<string, string>> = {}): Manifest => {
    const [namespace, name] = key.split('/');
    return { apiVersion, kind, metadata: { namespace, name, labels }, ...fields };
  };

const custom = (kind: string) => (key: string, spec: Fields, labels?: Record<string, string>) =>
  manifest('getambassador.io/v3alpha1', kind)(key, { spec }, labels);

/** A Listener for cleartext on 8080 that trusts `x-forwarded-proto` and takes every Host. */
export const aListener = (key = 'default/http', spec: Fields = {}): Manifest =>
  custom('Listener')(key, {
    port: 8080,
    protocol: 'HTTP',
    securityModel: 'XFP',
    hostBinding: { namespace: { from: 'ALL' } },
    ...spec,
  });

/** A Host that routes cleartext requests. */
export const aHost = (key: string, spec: Fields = {}, labels?: Record<string, string>): Manifest =>
  custom('Host')(key, { requestPolicy: { insecure: { action: 'Route' } }, ...spec }, labels);

/** The object with these annotations. */
export const annotated = (
  object: Manifest,
  annotations: Readonly<Record<string, string | undefined>>,
): Manifest => ({ ...object, metadata: { ...object.metadata, annotations } });

/** The object as a document of an annotation: the fields of its spec are not below `spec`. */
export const inAnnotation = ({ apiVersion, kind, metadata, ...more }: Manifest): string => {
  const { name, namespace, labels } = metadata;
  const spec = more['spec'];
  return `---\n${JSON.stringify({
    ...{ apiVersion, kind, name, namespace, metadata_labels: labels },
    ...Object(spec),
  })}`;
};

/** A Mapping of `/` of every host to the service `web`. */
export const aMapping = (
  key: string,
  spec: Fields = {},
  labels?: Record<string, string>,
): Manifest =>
  custom('Mapping')(key, { hostname: '*', prefix: '/', service: 'web', ...spec }, labels);

/** A TCPMapping of port 9000 to the service `web`. */
export const aTcpMapping = (key: string, spec: Fields = {}): Manifest =>
  custom('TCPMapping')(key, { port: 9000, service: 'web', ...spec });

/** A resolver of either kind. */
export const aResolver = (kind: 'Endpoint' | 'Service', key: string): Manifest =>
  custom(`Kubernetes${kind}Resolver`)(key, {});

/** A ConsulResolver. */
export const aConsulResolver = (key: string, spec: Fields): Manifest =>
  custom('ConsulResolver')(key, spec);

/** An object that guards requests: an AuthService, RateLimitService or Module. */
export const aGuard = (kind: string, key: string, spec: Fields): Manifest =>
  custom(kind)(key, spec);

/** The Module with these settings; if its name is `ambassador`, they are those of the gateway. */
export const aModule = (config: Fields, key = 'default/ambassador'): Manifest =>
  custom('Module')(key, { config });

/** A Service with one port, 80. */
export const aService = (key: string, spec: Fields = {}): Manifest =>
  manifest('v1', 'Service')(key, { spec: { ports: [{ port: 80 }], ...spec } });

/** A slice of a Service with ready addresses on port 8080. */
export const aSlice = (
  key: string,
  service: string,
  addresses: readonly string[],
  fields: Fields = {},
): Manifest =>
  manifest('discovery.k8s.io/v1', 'EndpointSlice')(
    key,
    {
      addressType: 'IPv4',
      endpoints: addresses.map((address) => ({ addresses: [address] })),
      ports: [{ port: 8080 }],
      ...fields,
    },
    { 'kubernetes.io/service-name': service },
  );

/** The object as an API server created it at the beginning of a year. */
export const createdIn = (year: number, object: Manifest): Manifest => ({
  ...object,
  metadata: { ...object.metadata, creationTimestamp: `${year}-01-01T00:00:00Z` },
});

/** What a source says when an object comes or changes; throws when it is none of ours. */
export const applied = (object: Manifest): KubeEvent => {
  const decoding = decode(object);
  if (decoding._tag !== 'Decoded') throw new Error(`${object.kind}: ${JSON.stringify(decoding)}`);
  return { _tag: 'Applied', kind: decoding.kind, item: decoding.item };
};

/** What a source says first: every kind, with its objects. */
export const listed = (objects: readonly Manifest[]): readonly KubeEvent[] => {
  const events = objects.map(applied);
  return kinds.map((kind) => ({
    _tag: 'Listed',
    kind,
    items: events.flatMap((event): readonly Decoded[] =>
      event._tag === 'Applied' && event.kind === kind ? [event.item] : [],
    ),
  }));
};

/** The store that knows every kind; throws when it does not. */
export const syncedStore = (store: ObjectStore): SyncedStore => {
  const known = synced(store);
  if (isSome(known)) return known.value;
  throw new Error(`only ${[...store.listed].join()} were listed`);
};

/** The store that holds these objects. */
export const storeOf = (...objects: readonly Manifest[]): SyncedStore =>
  syncedStore(applyAll(emptyStore, listed(objects)));

/** Translates for the installation `default` in the namespace `default`. */
export const step = translate({ ambassadorId: 'default', namespace: 'default' });

/** What these objects mean. */
export const translated = (...objects: readonly Manifest[]): Translation =>
  step(undefined, storeOf(...objects));

/** All problems, a line each. */
export const problemLines = ({ problems }: Translation): readonly string[] =>
  allProblems(problems).map(showProblem);

/** The virtual hosts by table and domain, in that order. */
export const virtualHosts = (ir: Ir): readonly VirtualHost[] =>
  [...values(ir.virtualHosts)].sort((a, b) =>
    `${a.table} ${a.domain}` < `${b.table} ${b.domain}` ? -1 : 1,
  );

/** The routes of one domain of a table; throws when the table has no such domain. */
export const routesOf = (
  { ir }: Translation,
  domain = '*',
  table = 'listener-8080/cleartext',
): readonly Route[] => {
  const found = virtualHosts(ir).find((one) => one.table === table && one.domain === domain);
  if (found === undefined) throw new Error(`${table} has no ${domain}`);
  return found.routes;
};

/** A share in percent. */
export const showShare = ({ numerator, denominator }: Fraction): string =>
  `${(numerator * 100) / denominator}%`;

/** A route in one line: what it takes, and where that goes. */
export const showRoute = ({ match, action }: Route): string => {
  const matches: readonly HeaderMatch[] = [...match.headers, ...match.queryParameters];
  const named = matches.map(
    ({ name, match: one, inverted }) =>
      ` ${name}${inverted === true ? '!' : ''}${'value' in one ? `=${one.value}` : ''}`,
  );
  const share = match.fraction === undefined ? '' : ` ${showShare(match.fraction)}`;
  return `${match.path.value}${named.join('')}${share} → ${showAction(action)}`;
};

const showBackend = (backend: Backend): string =>
  backend._tag === 'Cluster' ? (backend.cluster.split('-')[0] ?? '') : String(backend.status);

const showAction = (action: Route['action']): string | undefined => {
  switch (action._tag) {
    case 'Forward':
      return action.backends.map(showBackend).join(', ');
    case 'Redirect':
      return `redirect ${action.code}`;
    case 'Respond':
      return String(action.status);
  }
};

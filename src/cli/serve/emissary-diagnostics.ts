import { get, values } from '../../collection/collection.ts';
import type { ClusterName } from '../../ir/cluster.ts';
import type { Ir } from '../../ir/ir.ts';
import { showRef } from '../../ir/object-ref.ts';
import type { Forward, PathRewrite, Route } from '../../ir/route.ts';
import type { StringMatch } from '../../ir/string-match.ts';
import type { VirtualHost } from '../../ir/virtual-host.ts';
import { Members } from '../../edge/admin/members.ts';
import type { Problem } from '../../problem/problem.ts';
import { severityOf } from '../../problem/severity.ts';
import { lineOfOwn, showCulprit } from '../../problem/show-problem.ts';
import type { TranslateOptions } from '../../translate/translate-options.ts';
import { ownVersion } from '../own-version.ts';

/** What is looked at. */
export interface Diagnosed {
  readonly ir: Ir;
  readonly problems: readonly Problem[];
  readonly isReady: boolean;
}

type Installation = Pick<TranslateOptions, 'ambassadorId' | 'namespace'>;

/**
 * What is configured, in the form of Emissary's `/ambassador/v0/diag/?json=true`, for scripts that read it. Keys that
 * are about the inside of Emissary (`source_map`, `loginfo` …) are not there. Each route and cluster is looked at when its
 * turn comes.
 */
export const emissaryDiagnostics =
  ({ ambassadorId, namespace }: Installation) =>
  ({ ir, problems, isReady }: Diagnosed): Readonly<Record<string, unknown>> => ({
    system: {
      version: ownVersion(),
      ambassador_id: ambassadorId,
      ambassador_namespace: namespace,
      env_good: problems.every(isNotice),
    },
    envoy_status: { ready: isReady },
    errors: problems
      .filter((one) => !isNotice(one))
      .map((one) => [showCulprit(one), lineOfOwn(one)]),
    notices: problems.filter(isNotice).map((one) => `${showCulprit(one)}: ${lineOfOwn(one)}`),
    route_info: routesOf(ir),
    cluster_stats: new Members(clustersOf(ir)),
  });

const isNotice = (problem: Problem): boolean => severityOf(problem) === 'note';

function* routesOf({ virtualHosts }: Ir): Generator<unknown> {
  for (const host of values(virtualHosts))
    for (const route of host.routes) yield routeInfo(host, route);
}

const routeInfo = ({ table, domain }: VirtualHost, { name, match, action, from }: Route) => {
  const { path, headers } = match;
  return {
    key: `${domain}${path.value}`,
    _source: from.map(showRef).join(', '),
    _group_id: name,
    listener: table,
    host: domain,
    prefix: path.value,
    match: path._tag,
    method: valueOf(headers.find((one) => one.name === ':method')?.match) ?? '*',
    headers: headers
      .filter((one) => !one.name.startsWith(':'))
      .map((one) => ({ name: one.name, value: valueOf(one.match) })),
    rewrite: action._tag === 'Forward' ? rewritten(action.pathRewrite) : undefined,
    ...(action._tag === 'Redirect' && { redirect: action }),
    ...(action._tag === 'Respond' && { status: action.status }),
    clusters: action._tag === 'Forward' ? sharesOf(action) : [],
  };
};

const valueOf = (match: StringMatch | undefined): string | undefined =>
  match === undefined || match._tag === 'Present' ? undefined : match.value;

const rewritten = (rewrite: PathRewrite | undefined): string | undefined =>
  rewrite?._tag === 'Regex' ? rewrite.substitution : rewrite?.value;

const sharesOf = ({ backends, mirrors }: Forward): readonly unknown[] => [
  ...backends.map((one) => ({
    name: one._tag === 'Cluster' ? one.cluster : undefined,
    status: one._tag === 'Fails' ? one.status : undefined,
    weight: one.weight,
  })),
  ...mirrors.map(({ cluster }) => ({ name: cluster, type_label: 'shadow' })),
];

/** What is known of the endpoints of each cluster; how healthy they are is known to Envoy alone. */
function* clustersOf({ clusters, endpoints }: Ir): Generator<readonly [ClusterName, unknown]> {
  for (const { name, discovery } of values(clusters)) {
    const members =
      discovery._tag === 'Eds'
        ? (get(endpoints, discovery.endpoints)?.endpoints.length ?? 0)
        : undefined;
    yield [name, { valid: members !== 0, discovery: discovery._tag, members }];
  }
}

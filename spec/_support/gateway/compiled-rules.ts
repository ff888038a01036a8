import { get, values } from '../../../src/collection/collection.ts';
import { atOnce } from '../../../src/collection/work.ts';
import type { Backend } from '../../../src/ir/backend.ts';
import type { ObjectKey } from '../../../src/ir/object-ref.ts';
import type { Route } from '../../../src/ir/route.ts';
import { showProblem } from '../../../src/problem/show-problem.ts';
import { backendService } from '../../../src/translate/gateway/backend/backend-service.ts';
import type { BackendLookup } from '../../../src/translate/gateway/backend/backend-lookup.ts';
import type { BackendContext } from '../../../src/translate/gateway/backend/resolve-backend.ts';
import { grantsByNamespace } from '../../../src/translate/grants.ts';
import type { ServicePolicies } from '../../../src/translate/gateway/policy/service-policies.ts';
import {
  compileRules,
  type RouteObject,
} from '../../../src/translate/gateway/rule/compile-rules.ts';
import type { CompiledRules } from '../../../src/translate/gateway/rule/compiled-route.ts';
import { aService, storeOf, type Manifest } from '../world/builders.ts';

/** What a route is compiled with beside the objects around it. */
export interface Around extends Pick<BackendContext, 'clientCertificate'> {
  readonly policies?: Readonly<Record<ObjectKey, ServicePolicies>>;
}

/** Compiles the rules of the one route among some objects. */
export const rulesOf = (
  objects: readonly Manifest[],
  { policies = {}, ...more }: Around = {},
): CompiledRules => {
  const { objects: store } = storeOf(...objects);
  const grants = atOnce(grantsByNamespace)(undefined, store.ReferenceGrant);
  const tables = {
    services: (key: string) => {
      const found = get(store.Service, key as ObjectKey);
      return found === undefined ? undefined : backendService(found);
    },
    grants: (key: string) => get(grants.output, key),
    policies: (key: string) => new Map(Object.entries(policies)).get(key),
  };
  const backends = ((table: keyof typeof tables, key: string) =>
    tables[table](key)) as BackendLookup;
  const routes: readonly RouteObject[] = [
    ...Array.from(values(store.HTTPRoute), (object) => ({ kind: 'HTTPRoute', object }) as const),
    ...Array.from(values(store.GRPCRoute), (object) => ({ kind: 'GRPCRoute', object }) as const),
  ];
  const [route, ...others] = routes;
  if (route === undefined || others.length > 0) throw new Error('one route is compiled');
  return compileRules(route, { backends, ...more });
};

/** The Service `web` with two ports, of which the second has a name and says what it speaks. */
export const web = (appProtocol?: string, key = 'default/web'): Manifest =>
  aService(key, {
    ports: [
      { name: 'plain', port: 80 },
      { name: 'other', port: 81, ...(appProtocol !== undefined && { appProtocol }) },
    ],
  });

/** The problems of rules, a line each. */
export const problemsOf = ({ problems }: CompiledRules): readonly string[] =>
  problems.map(showProblem);

/** The routes without what nobody asked for. */
export const routesOf = ({ routes }: CompiledRules): readonly Route[] =>
  routes.map(({ route }) => route);

/** Where the requests of a route go: `a_80 3, fails 500 1`, or the status or redirect it answers with. */
export const showAction = ({ action }: Route): string => {
  switch (action._tag) {
    case 'Respond':
      return String(action.status);
    case 'Redirect':
      return `redirect ${action.code}`;
    case 'Forward':
      return action.backends.map(showBackend).join(', ');
  }
};

const showBackend = (backend: Backend): string =>
  backend._tag === 'Cluster'
    ? `${backend.cluster.replace(/^cluster_|-[0-9a-f]+$/g, '')} ${backend.weight}`
    : `fails ${backend.status} ${backend.weight}`;

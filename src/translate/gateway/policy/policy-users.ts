import { values, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { unionOf, type UnitedAll } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { CompiledObject } from '../route/compiled-object.ts';

/** A Service and a Gateway whose routes use it; no key holds a space. */
type Use = `${ObjectKey} ${ObjectKey}`;

/** The Gateways of each Service: those that a route which uses it is attached to. */
export interface PolicyUsers {
  readonly http: Grouped<ObjectKey, CompiledObject, Use, Used>;
  readonly grpc: Grouped<ObjectKey, CompiledObject, Use, Used>;
  readonly uses: UnitedAll<Use, Collection<ObjectKey, Used>>;
  /** By Service. A route that joins others of the same Service and Gateway changes nothing here. */
  readonly gateways: Grouped<Use, Collection<ObjectKey, Used>, ObjectKey, ObjectKey>;
}

/** Who uses what. */
interface Used {
  readonly service: ObjectKey;
  readonly gateway: ObjectKey;
}

/** Finds the Gateways of each Service, from the routes of both kinds. */
export function* policyUsers(
  previous: PolicyUsers | undefined,
  routes: Readonly<Record<'http' | 'grpc', Collection<ObjectKey, CompiledObject>>>,
): Work<PolicyUsers> {
  const http = yield* byUse(previous?.http, routes.http);
  const grpc = yield* byUse(previous?.grpc, routes.grpc);
  const uses = yield* unionOf<Use, Collection<ObjectKey, Used>>(previous?.uses, [
    http.output,
    grpc.output,
  ]);
  const gateways = yield* byService(previous?.gateways, uses.output);
  return { http, grpc, uses, gateways };
}

const byUse = groupBy(({ parents, compiled }: CompiledObject, _: ObjectKey) => {
  const gateways = new Set(
    parents.flatMap(({ gateway, rejection }) =>
      gateway === undefined || rejection !== undefined ? [] : [gateway],
    ),
  );
  const services = new Set(compiled.flatMap(({ rules }) => rules.services));
  return [...gateways].flatMap((gateway) =>
    Array.from(services, (service): readonly [Use, Used] => [
      `${service} ${gateway}`,
      { service, gateway },
    ]),
  );
});

const byService = groupBy((routes: Collection<ObjectKey, Used>, _: Use) => {
  const [used] = values(routes);
  return used === undefined ? [] : [[used.service, used.gateway] as const];
});

import { get, values } from '../../../src/collection/collection.ts';
import type { ObjectKey } from '../../../src/ir/object-ref.ts';
import type { Report } from '../../../src/translate/contribution/report.ts';
import { translate, type Translation } from '../../../src/translate/translate.ts';
import { certificateOf } from '../world/a-secret.ts';
import { aService, storeOf, translated, virtualHosts, type Manifest } from '../world/builders.ts';
import {
  aConfigMap,
  aGateway,
  aGatewayClass,
  aTlsPolicy,
  anHttpRoute,
} from '../world/gateway-api/builders.ts';

const service = aService('default/web', {
  ports: [
    { name: 'one', port: 80 },
    { name: 'two', port: 81 },
  ],
});

const route = anHttpRoute('default/r', {
  rules: [
    { matches: [{ path: { value: '/one' } }], backendRefs: [{ name: 'web', port: 80 }] },
    { matches: [{ path: { value: '/two' } }], backendRefs: [{ name: 'web', port: 81 }] },
  ],
});

/** A Gateway with a route to both ports of the Service `web`, and more objects. */
export const policyWorld = (...objects: readonly Manifest[]): Translation =>
  translated(aGatewayClass(), aGateway(), service, route, ...objects);

/** The same, where an operator says which authorities are those of the system. */
export const policyWorldWithSystem = (...objects: readonly Manifest[]): Translation =>
  translate({
    ambassadorId: 'default',
    namespace: 'default',
    systemAuthorities: certificateOf('two'),
  })(undefined, storeOf(aGatewayClass(), aGateway(), service, route, ...objects));

/** The ConfigMap `ca`. */
export const authorities = aConfigMap('default/ca', certificateOf('one'));

/** What the owner of a policy is told, for each ancestor. */
export const reportOf = ({ outcomes }: Translation, key: ObjectKey): Report | undefined => {
  const kind = outcomes.find((one) => one.kind === 'BackendTLSPolicy');
  const entry = kind === undefined ? undefined : get(kind.entries, key);
  return entry === undefined ? undefined : kind?.outcomeOf(entry).report;
};

/** The conditions that its owner is told. */
export const conditionsOf = (translation: Translation, key: ObjectKey): readonly string[] =>
  (reportOf(translation, key)?.ancestors ?? []).flatMap(({ conditions }) =>
    conditions.map(({ type, status, reason }) => `${type} ${status} ${reason}`),
  );

/** Those of a policy that is in force. */
export const inForce = ['Accepted True Accepted', 'ResolvedRefs True ResolvedRefs'];

/** The servers that are asked for, by port. */
export const serversOf = ({ ir }: Translation): readonly string[] =>
  Array.from(values(ir.clusters), ({ statName, tls }) => `${statName} ${tls?.sni ?? '-'}`).sort();

/** The statuses that routes answer by themselves. */
export const answersOf = ({ ir }: Translation): readonly (number | undefined)[] =>
  virtualHosts(ir).flatMap(({ routes }) =>
    routes.map(({ action }) => (action._tag === 'Respond' ? action.status : undefined)),
  );

/** The policy `p` for `web` with these fields of its validation. */
export const policyWith = (validation: object): Manifest =>
  aTlsPolicy('default/p', { validation: { hostname: 'web.example', ...validation } });

/** A reference to the ConfigMap `ca`, but for these fields. */
export const ref = (fields: object) => ({ group: '', kind: 'ConfigMap', name: 'ca', ...fields });

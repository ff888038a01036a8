import { from, values } from '../../../../src/collection/collection.ts';
import { keyIn, type Scope } from '../../../../src/kube/core/scope.ts';
import { controllerName } from '../../../../src/kube/gateway/controller-name.ts';
import type { ParentReference } from '../../../../src/kube/gateway/references.ts';
import type { SyncedStore } from '../../../../src/kube/store/object-store.ts';
import type { Published } from '../../../../src/plane/published.ts';
import type { KindOutcomes } from '../../../../src/translate/contribution/outcome.ts';
import type { Report, ReportedCondition } from '../../../../src/translate/contribution/report.ts';

/** What is published, with the reports of a language that takes everything that names a class of ours. */
export const withSimpleReports = (published: Published): Published => {
  const { translation, store } = published;
  const told = outcomesIn(store);
  const isOther = ({ kind }: KindOutcomes): boolean => !told.some((one) => one.kind === kind);
  const outcomes = [...translation.outcomes.filter(isOther), ...told];
  return { ...published, translation: { ...translation, outcomes } };
};

const outcomesIn = ({ objects }: SyncedStore): readonly KindOutcomes[] => {
  const classes = [...values(objects.GatewayClass)].filter(
    ({ spec }) => spec.controllerName === controllerName,
  );
  const gateways = [...values(objects.Gateway)].filter(({ spec }) =>
    classes.some(({ metadata }) => metadata.name === spec.gatewayClassName),
  );
  const isOurs = (namespace: string) => (ref: ParentReference) =>
    gateways.some(
      ({ metadata }) =>
        metadata.name === ref.name && metadata.namespace === (ref.namespace ?? namespace),
    );
  const routes = [...values(objects.HTTPRoute), ...values(objects.GRPCRoute)];
  const attachedTo = (gateway: { readonly name: string; readonly namespace: string }): number =>
    routes.filter(({ metadata: { namespace }, spec }) =>
      spec.parentRefs?.some(
        ({ name, namespace: other = namespace }) =>
          name === gateway.name && other === gateway.namespace,
      ),
    ).length;
  const reported = (one: (typeof routes)[number]): Entry => {
    const ours = (one.spec.parentRefs ?? []).filter(isOurs(one.metadata.namespace));
    return [one, ours.length === 0 ? undefined : { parents: ours.map(parent) }];
  };
  return [
    outcomesOf(
      'GatewayClass',
      classes.map((one) => [
        one,
        { conditions: [accepted], supportedFeatures: ['Gateway', 'HTTPRoute'] },
      ]),
    ),
    outcomesOf(
      'Gateway',
      gateways.map((one) => [
        one,
        {
          conditions: [accepted, programmed],
          addresses: [{ type: 'IPAddress', value: '192.0.2.1' }],
          attachedListenerSets: 1,
          listeners: one.spec.listeners.map(({ name }) => listener(name, attachedTo(one.metadata))),
        },
      ]),
    ),
    outcomesOf(
      'ListenerSet',
      [...values(objects.ListenerSet)].map((one) => [
        one,
        {
          conditions: [accepted, programmed],
          listeners: one.spec.listeners.map(({ name }) => listener(name, 0)),
        },
      ]),
    ),
    outcomesOf('HTTPRoute', [...values(objects.HTTPRoute)].map(reported)),
    outcomesOf('GRPCRoute', [...values(objects.GRPCRoute)].map(reported)),
    outcomesOf(
      'BackendTLSPolicy',
      [...values(objects.BackendTLSPolicy)].map((one) => [
        one,
        {
          ancestors: gateways.map(({ metadata: { name, namespace } }) =>
            parent({ group, kind: 'Gateway', name, namespace }),
          ),
        },
      ]),
    ),
  ];
};

const group = 'gateway.networking.k8s.io';

type Entry = readonly [
  { readonly metadata: { readonly name: string; readonly namespace: string } },
  Report | undefined,
];

const outcomesOf = (
  kind: string,
  entries: readonly Entry[],
): KindOutcomes<{ report?: Report }> => ({
  kind,
  entries: from(
    entries.map(
      ([{ metadata }, report]) =>
        [
          keyIn(scopeOf(kind), metadata.namespace, metadata.name),
          report ? { report } : {},
        ] as const,
    ),
  ),
  outcomeOf: (entry) => ({ inEffect: true, ...entry }),
  parentsOf: () => [],
});

const scopeOf = (kind: string): Scope => (kind === 'GatewayClass' ? 'Cluster' : 'Namespaced');

const holds = (type: string): ReportedCondition => ({
  ...{ type, status: 'True', reason: type, message: 'yes' },
});

const accepted = holds('Accepted');

const programmed: ReportedCondition = { ...holds('Programmed'), awaitsEnvoys: true };

const listener = (name: string, attachedRoutes: number) => ({
  name,
  supportedKinds: [{ group, kind: 'HTTPRoute' }],
  attachedRoutes,
  conditions: [accepted, programmed],
});

const parent = (parentRef: ParentReference) => ({
  parentRef,
  conditions: [accepted, holds('ResolvedRefs')],
});

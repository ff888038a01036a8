import { joinEach, type Joined } from '../../../collection/operator/join-each.ts';
import type { Collection } from '../../../collection/collection.ts';
import type { Work } from '../../../collection/work.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { Ingress } from '../../../kube/core/ingress.ts';
import type { Service } from '../../../kube/core/service.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { KindOutcomes } from '../../contribution/outcome.ts';
import type { Report } from '../../contribution/report.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import type { ServiceTables } from './parts.ts';

/** What the owner of each of our Ingresses is told. */
export type IngressReports = Joined<ObjectKey, Ingress, ServiceTables, Report>;

/** Tells of each of our Ingresses the addresses of the Service of the gateway: nothing, as long as it has none. */
export const ingressReports = ({ gatewayService }: TranslateOptions) => {
  const reportEach = joinEach<ObjectKey, Ingress, ServiceTables, Report>((_, _key, read) =>
    gatewayService === undefined ? {} : reportOf(read('services', gatewayService)),
  );
  return function* (
    previous: IngressReports | undefined,
    ours: Collection<ObjectKey, Ingress>,
    { objects }: SyncedStore,
  ): Work<IngressReports> {
    return yield* reportEach(previous, ours, { services: objects.Service });
  };
};

const reportOf = (service: Service | undefined): Report => {
  const { ingress = [] } = service?.status?.loadBalancer ?? {};
  return ingress.length === 0 ? {} : { loadBalancer: ingress };
};

/** What became of our Ingresses. */
export const outcomesOfIngresses = ({ output }: IngressReports): KindOutcomes<Report> => ({
  kind: 'Ingress',
  entries: output,
  outcomeOf: (report) => ({ inEffect: true, report }),
  parentsOf: () => [],
});

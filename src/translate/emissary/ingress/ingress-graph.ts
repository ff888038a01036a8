import { values, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined } from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import { ingressController } from '../../../kube/core/ingress-class.ts';
import { ambassadorIdAnnotation, type Ingress } from '../../../kube/core/ingress.ts';
import type { Host } from '../../../kube/emissary/host.ts';
import { isForInstallation } from '../../../kube/emissary/installation.ts';
import type { Mapping } from '../../../kube/emissary/mapping.ts';
import { isUsualClass, usualIngressClass } from '../../../kube/core/ingress-class-name.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import { takenIngresses, type TakenIngresses } from '../../ingress-class/taken-ingresses.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { partsOfIngress, type IngressParts, type ServiceTables } from './parts.ts';

type Parts<O> = Grouped<ObjectKey, IngressParts, ObjectKey, O>;

type Each<O> = Mapped<ObjectKey, Collection<ObjectKey, O>, O>;

/** From Ingresses to the Hosts and Mappings that they stand for, by `partKey`. */
export interface IngressGraph {
  readonly ours: TakenIngresses;
  readonly parts: Joined<ObjectKey, Ingress, ServiceTables, IngressParts>;
  readonly hostsByKey: Parts<Host>;
  readonly hosts: Each<Host>;
  readonly mappingsByKey: Parts<Mapping>;
  readonly mappings: Each<Mapping>;
}

/** Takes our Ingresses apart. */
export const ingressGraph = ({ ambassadorId }: TranslateOptions) => {
  const isFor = ({ metadata }: Pick<Ingress, 'metadata'>): boolean => {
    const id = metadata.annotations?.[ambassadorIdAnnotation];
    return isForInstallation(id === undefined ? undefined : [id], ambassadorId);
  };
  const oursOf = takenIngresses({
    hasClass: ({ metadata, spec }) =>
      spec?.controller?.toLowerCase() === ingressController && isFor({ metadata }),
    isFor,
    isClassName: isUsualClass,
    usualClass: usualIngressClass,
  });
  return function* (previous: IngressGraph | undefined, store: SyncedStore): Work<IngressGraph> {
    const ours = yield* oursOf(previous?.ours, store);
    const tables = { services: store.objects.Service };
    const parts = yield* partsEach(previous?.parts, ours.taken.output, tables);
    const hostsByKey = yield* hostsOf(previous?.hostsByKey, parts.output);
    const hosts = yield* onlyHost(previous?.hosts, hostsByKey.output);
    const mappingsByKey = yield* mappingsOf(previous?.mappingsByKey, parts.output);
    const mappings = yield* onlyMapping(previous?.mappings, mappingsByKey.output);
    return { ours, parts, hostsByKey, hosts, mappingsByKey, mappings };
  };
};

const partsEach = joinEach(partsOfIngress);

const hostsOf = groupBy(({ hosts }: IngressParts, _: ObjectKey) => hosts);

const mappingsOf = groupBy(({ mappings }: IngressParts, _: ObjectKey) => mappings);

/** A key has the name of its Ingress, so each is that of one. */
const only = <O>(group: Collection<ObjectKey, O>, _: ObjectKey): O | undefined => {
  const [first] = values(group);
  return first;
};

const onlyHost = mapEach(only<Host>);

const onlyMapping = mapEach(only<Mapping>);

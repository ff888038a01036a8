import { values, type Collection } from '../../collection/collection.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import type { Work } from '../../collection/work.ts';
import type { ObjectKey } from '../../ir/object-ref.ts';
import { defaultClassAnnotation, type IngressClass } from '../../kube/core/ingress-class.ts';
import { ingressClassAnnotation, type Ingress } from '../../kube/core/ingress.ts';
import type { SyncedStore } from '../../kube/store/object-store.ts';

/** Whose Ingresses a language takes. */
interface IngressTaker {
  /** Whether an IngressClass is of this language, and of this installation. */
  readonly hasClass: (one: IngressClass) => boolean;
  /** Whether an Ingress of such a class is for this installation. */
  readonly isFor: (one: Ingress) => boolean;
  /** Whether the annotation names its class. */
  readonly isClassName: (written: string) => boolean;
  /** The class that is its own where there is no IngressClass of this name. */
  readonly usualClass: string;
}

/** What is known of an IngressClass. */
interface Standing {
  readonly name: string;
  readonly isOurs: boolean;
  readonly created: string;
}

interface ClassTables {
  readonly classes: Standing;
  /** The classes that say that they are the default, under one key. */
  readonly defaults: Collection<ObjectKey, Standing>;
}

/** From all Ingresses to those that a language takes. */
export interface TakenIngresses {
  readonly classes: Mapped<ObjectKey, IngressClass, Standing>;
  readonly defaults: Grouped<ObjectKey, IngressClass, typeof all, Standing>;
  readonly taken: Joined<ObjectKey, Ingress, ClassTables, Ingress>;
}

/**
 * Finds the Ingresses that a language takes: those whose annotation names its class, and those of an IngressClass that
 * is its own. One that names no class is of the default one, as an API server would have written when it was created.
 */
export const takenIngresses = ({ hasClass, isFor, isClassName, usualClass }: IngressTaker) => {
  const standing = (one: IngressClass): Standing => ({
    name: one.metadata.name,
    isOurs: hasClass(one),
    created: one.metadata.creationTimestamp ?? '',
  });
  const classesOf = mapEach((one: IngressClass, _: ObjectKey) => standing(one));
  const defaultsOf = groupBy((one: IngressClass, _: ObjectKey) =>
    one.metadata.annotations?.[defaultClassAnnotation] === 'true'
      ? [[all, standing(one)] as const]
      : [],
  );
  const takes = ({ metadata, spec }: Ingress, read: Read<ClassTables>): boolean => {
    const written = metadata.annotations?.[ingressClassAnnotation];
    if (written !== undefined && isClassName(written)) return true;
    const { ingressClassName: name } = spec;
    if (name !== undefined) return read('classes', `/${name}`)?.isOurs ?? name === usualClass;
    const defaults = written === undefined ? read('defaults', all) : undefined;
    return defaults !== undefined && newest(defaults)?.isOurs === true;
  };
  const takenEach = joinEach<ObjectKey, Ingress, ClassTables, Ingress>((ingress, _, read) =>
    takes(ingress, read) && isFor(ingress) ? ingress : undefined,
  );
  return function* (
    previous: TakenIngresses | undefined,
    { objects }: SyncedStore,
  ): Work<TakenIngresses> {
    const classes = yield* classesOf(previous?.classes, objects.IngressClass);
    const defaults = yield* defaultsOf(previous?.defaults, objects.IngressClass);
    const tables = { classes: classes.output, defaults: defaults.output };
    const taken = yield* takenEach(previous?.taken, objects.Ingress, tables);
    return { classes, defaults, taken };
  };
};

const all = 'all';

/** Of several default classes the API server takes the newest, and of one age the first by name. */
const newest = (defaults: Collection<ObjectKey, Standing>): Standing | undefined =>
  [...values(defaults)].sort((a, b) =>
    a.created === b.created ? byText(a.name, b.name) : byText(b.created, a.created),
  )[0];

const byText = (a: string, b: string): number => (a < b ? -1 : 1);

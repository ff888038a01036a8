import { consulServiceParts } from '../ir/endpoints.ts';
import { objectRef, refParts, showRef, type ObjectRef } from '../ir/object-ref.ts';
import type { ResourceChange } from '../xds/changes.ts';
import type { ResourceName } from '../xds/resource.ts';
import { TypeUrl } from '../xds/type-url.ts';
import type { Batch, PipelineEvent } from './batch.ts';

/** The objects for which a resource is there, before the change and after it. */
type Reasons = (resource: ResourceName) => readonly ObjectRef[];

/** What one batch changed in what every Envoy should hold. */
export interface Explanation {
  readonly seq: number;
  /** When the batch arrived, in milliseconds of the journal's clock. */
  readonly at: number;
  /** What the batch was about: objects, some `deleted`, kinds, sources that reported, Envoys. */
  readonly events: readonly string[];
  readonly changes: readonly Explained[];
}

/** A resource that changed, and what in the batch made it change. */
interface Explained extends ResourceChange {
  readonly because: readonly string[];
}

/**
 * Says which resources a batch changed, and which of its objects made each of them change.
 *
 * The reasons for a change are the objects in the batch for which the resource is there. If there
 * are none, the effect is indirect and the whole batch is the reason. Reasons are computed only
 * when `because` is read, since for a route table it costs a look at every virtual host.
 */
export const explain = (
  seq: number,
  batch: Batch,
  changes: readonly ResourceChange[],
  reasonsFor: Reasons,
): Explanation => {
  const events = [...new Set(batch.events.flatMap(happenings))];
  const subjects = new Set(batch.events.flatMap(subjectsOf));
  const touched = new Set(batch.events.flatMap(touchedBy));
  const isTouched = (ref: ObjectRef): boolean =>
    touched.has(ref) || touched.has(allOf(refParts(ref)[0]));
  const explained = changes.map(({ typeUrl, name, change }) => ({
    typeUrl,
    name,
    change,
    get because() {
      const direct = reasonsFor({ typeUrl, name }).filter(isTouched);
      return direct.length === 0 ? [...subjects] : [...new Set(direct.map(showRef))];
    },
  }));
  return { seq, at: batch.at, events, changes: explained };
};

/** An explanation as lines of text: the batch, then one line for each resource. */
export const showExplanation = (explanation: Explanation): readonly string[] => [
  showBatch(explanation),
  ...explanation.changes.map(
    ({ typeUrl, name, change, because }) =>
      `  ${sign[change]} ${typeName.get(typeUrl) ?? typeUrl} ${name} (${listing(because)})`,
  ),
];

/** The batch of an explanation as a line of text, without the reasons for each resource. */
export const showSummary = (explanation: Explanation): string => {
  const { length } = explanation.changes;
  return `${showBatch(explanation)}: ${length} ${length === 1 ? 'resource' : 'resources'} changed`;
};

const showBatch = ({ seq, at, events }: Explanation): string =>
  `#${seq} at ${at} ms: ${listing(events)}`;

const sign = { added: '+', updated: '~', removed: '-' } as const;

const typeName: ReadonlyMap<string, string> = new Map(
  Object.entries(TypeUrl).map(([name, typeUrl]) => [typeUrl, name]),
);

/** How many names are listed before the rest is counted. */
const mentioned = 5;

const listing = (names: readonly string[]): string =>
  names.length <= mentioned
    ? names.join(', ')
    : `${names.slice(0, mentioned).join(', ')} and ${names.length - mentioned} more`;

const allOf = (kind: string): string => `all of ${kind}`;

/** What one event is about, with `deleted` or `disconnected` if it is gone. */
const happenings = (event: PipelineEvent): readonly string[] =>
  subjectsOf(event).map((one) => `${one}${endings[event._tag] ?? ''}`);

const endings: Readonly<Partial<Record<PipelineEvent['_tag'], string>>> = {
  Deleted: ' deleted',
  ConsulForgotten: ' forgotten',
  Disconnected: ' disconnected',
};

/** The objects that one event is about, also those that one carries, or all of a kind. */
const touchedBy = (event: PipelineEvent): readonly string[] => {
  switch (event._tag) {
    case 'Listed':
      return [allOf(event.kind)];
    case 'Applied':
      return [
        objectRef(event.kind, event.item.key),
        ...(event.item.carries?.objects ?? []).map(({ kind, item }) => objectRef(kind, item.key)),
      ];
    case 'Deleted':
      return [objectRef(event.kind, event.key)];
    case 'ConsulAnswered':
      return [objectRef('ConsulResolver', consulServiceParts(event.service)[0])];
    default:
      return [];
  }
};

/** What one event is about, for people. */
const subjectsOf = (event: PipelineEvent): readonly string[] => {
  switch (event._tag) {
    case 'Listed':
      return [allOf(event.kind)];
    case 'Applied':
      return [showRef(objectRef(event.kind, event.item.key))];
    case 'Deleted':
      return [showRef(objectRef(event.kind, event.key))];
    case 'Reported':
      return [event.origin];
    case 'ConsulAnswered':
    case 'ConsulForgotten':
      return [`Consul ${event.service.slice('consul:'.length)}`];
    case 'Verdict':
    case 'Disconnected':
      return [`Envoy ${event.node}`];
  }
};

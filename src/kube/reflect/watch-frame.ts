import { recordOf } from '../codec/record-of.ts';
import { ApiFault, statusFault } from './api-fault.ts';

/** One thing that a watch says. */
export type WatchFrame = Opened | Changed | Bookmark | Broken | Silent;

/** The server has accepted the watch; the first change may come much later. */
interface Opened {
  readonly _tag: 'Opened';
}

/** An object was created, changed or deleted. */
interface Changed {
  readonly _tag: 'Changed';
  readonly how: 'Upserted' | 'Removed';
  /** `namespace/name` */
  readonly key: string;
  readonly object: unknown;
  readonly resourceVersion: string;
}

/** Everything up to this version has been said. */
interface Bookmark {
  readonly _tag: 'Bookmark';
  readonly resourceVersion: string;
  /** Whether it ends the initial events of a streaming list. */
  readonly endsList: boolean;
}

/** The server cannot go on, or said something that is no watch event. */
interface Broken {
  readonly _tag: 'Broken';
  readonly fault: ApiFault;
}

/** Nothing came for so long that the connection may be dead. */
interface Silent {
  readonly _tag: 'Silent';
}

/** The annotation of the bookmark after the initial events (Kubernetes API, `sendInitialEvents`). */
const initialEventsEnd = 'k8s.io/initial-events-end';

/** Reads one line of a watch. */
export const watchFrame = (line: unknown): WatchFrame => {
  const { type, object } = recordOf(line);
  if (type === 'ERROR') return { _tag: 'Broken', fault: statusFault(object) };
  const metadata: Partial<Metadata> = recordOf(recordOf(object)['metadata']);
  const { name, namespace = '', resourceVersion, annotations } = metadata;
  if (typeof resourceVersion !== 'string') return unreadable(type);
  if (type === 'BOOKMARK') {
    const endsList = annotations?.[initialEventsEnd] === 'true';
    return { _tag: 'Bookmark', resourceVersion, endsList };
  }
  const how = typeof type === 'string' ? changes.get(type) : undefined;
  if (how === undefined) return unreadable(type);
  return { _tag: 'Changed', how, key: `${namespace}/${name}`, object, resourceVersion };
};

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly resourceVersion: string;
  readonly annotations: Readonly<Record<string, string>>;
}

const changes: ReadonlyMap<string, Changed['how']> = new Map([
  ['ADDED', 'Upserted'],
  ['MODIFIED', 'Upserted'],
  ['DELETED', 'Removed'],
]);

const unreadable = (type: unknown): Broken => ({
  _tag: 'Broken',
  fault: new ApiFault(`expected an event of a watch, got one of type ${JSON.stringify(type)}`),
});

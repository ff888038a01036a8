import type { Manifest } from '../../_support/world/builders.ts';
import {
  hostNumber,
  mappingNumber,
  scattered,
  secondMapping,
  servicesOf,
  sliceNumber,
} from '../cluster.ts';
import type { WatchType } from '../watch-line.ts';

/** What happens to one object. */
export interface Happening {
  readonly type: WatchType;
  readonly object: Manifest;
}

/** A kind of change, by name; the turns take place at different objects of the cluster. */
export interface Change {
  readonly name: string;
  readonly event: (n: number, turn: number) => Happening;
  /** Puts back what the next turn needs; not measured. */
  readonly undo?: (n: number, turn: number) => Happening;
}

const added = (object: Manifest): Happening => ({ type: 'ADDED', object });
const modified = (object: Manifest): Happening => ({ type: 'MODIFIED', object });
const deleted = (object: Manifest): Happening => ({ type: 'DELETED', object });

/** A Mapping gets another timeout. */
export const routeChange: Change = {
  name: 'route-change',
  event: (n, turn) =>
    modified(mappingNumber(n, scattered(n, turn), { timeout_ms: 1000 + (turn % 10_000) })),
};

const service = 'web-0';

/** A Mapping that comes to the Service of all. */
export const addToSharedService: Change = {
  name: 'mapping-add',
  event: (n, turn) => added(secondMapping(n, scattered(n, turn), { service })),
  undo: (n, turn) => deleted(secondMapping(n, scattered(n, turn), { service })),
};

/** All Mappings of a cluster forward to one Service. */
export const mappingOfSharedService = (n: number, i: number): Manifest =>
  mappingNumber(n, i, { service });

/** The changes that are measured. */
export const changes: readonly Change[] = [
  routeChange,
  {
    name: 'service-change',
    event: (n, turn) => {
      const i = scattered(n, turn);
      return modified(mappingNumber(n, i, { service: `web-${(i + 1) % servicesOf(n)}` }));
    },
    undo: (n, turn) => modified(mappingNumber(n, scattered(n, turn))),
  },
  {
    name: 'mapping-add',
    event: (n, turn) => added(secondMapping(n, scattered(n, turn))),
    undo: (n, turn) => deleted(secondMapping(n, scattered(n, turn))),
  },
  {
    name: 'mapping-delete',
    event: (n, turn) => deleted(mappingNumber(n, scattered(n, turn))),
    undo: (n, turn) => added(mappingNumber(n, scattered(n, turn))),
  },
  {
    name: 'slice-change',
    event: (n, turn) => modified(sliceNumber(scattered(servicesOf(n), turn), 4 + (turn % 200))),
  },
  {
    name: 'host-add',
    event: (n, turn) => added(hostNumber(n + scattered(n, turn))),
    undo: (n, turn) => deleted(hostNumber(n + scattered(n, turn))),
  },
];

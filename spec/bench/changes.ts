import type { Manifest } from '../_support/builders.ts';
import { hostNumber, mappingNumber, secondMapping, sliceNumber } from './cluster.ts';

/** What happens to one object: it comes or changes, or it goes. */
export interface Event {
  readonly deleted?: true;
  readonly object: Manifest;
}

/** A kind of change, by name; the turns take place at different objects of the cluster. */
export interface Change {
  readonly name: string;
  readonly event: (n: number, turn: number) => Event;
  /** Puts back what the next turn needs; not measured. */
  readonly undo?: (n: number, turn: number) => Event;
}

/** The changes that are measured. */
export const changes: readonly Change[] = [
  {
    name: 'route-change',
    event: (n, turn) => ({ object: mappingNumber(at(n, turn), { timeout_ms: 1000 + turn }) }),
  },
  {
    name: 'service-change',
    event: (n, turn) => ({ object: toTheNextService(n, turn) }),
    undo: (n, turn) => ({ object: mappingNumber(at(n, turn)) }),
  },
  {
    name: 'mapping-add',
    event: (n, turn) => ({ object: secondMapping(at(n, turn)) }),
    undo: (n, turn) => ({ deleted: true, object: secondMapping(at(n, turn)) }),
  },
  {
    name: 'mapping-delete',
    event: (n, turn) => ({ deleted: true, object: mappingNumber(at(n, turn)) }),
    undo: (n, turn) => ({ object: mappingNumber(at(n, turn)) }),
  },
  {
    name: 'slice-change',
    event: (n, turn) => ({ object: sliceNumber(at(n, turn), 4 + (turn % 200)) }),
  },
  {
    name: 'host-add',
    event: (n, turn) => ({ object: hostNumber(n + at(n, turn)) }),
    undo: (n, turn) => ({ deleted: true, object: hostNumber(n + at(n, turn)) }),
  },
];

const toTheNextService = (n: number, turn: number): Manifest =>
  mappingNumber(at(n, turn), { service: `web-${(at(n, turn) + 1) % n}` });

/** Scattered over the cluster; 7919 is a prime. */
const at = (n: number, turn: number): number => (turn * 7919) % n;

import { EventEmitter, once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** A service as an agent is told of it; the names are Consul's. */
export interface Registration {
  readonly ID: string;
  readonly Name: string;
  readonly Address?: string;
  readonly Port: number;
  readonly Check?: { readonly Status: string };
}

/** The services that an agent knows. */
export interface Catalog {
  readonly register: (registration: Registration) => void;
  readonly deregister: (id: string) => void;
  readonly check: (id: string, outcome: string) => void;
  readonly setIndex: (index: number) => void;
  /** Of a service there was a change at this index last. */
  readonly indexOf: (service: string) => number;
  readonly healthOf: (service: string, isPassing: boolean) => readonly unknown[];
  /** Returns when the index of a service is higher, when the time is over, or when nobody waits any more. */
  readonly changedAfter: (
    service: string,
    index: number,
    milliseconds: number,
    response: ServerResponse,
  ) => Promise<void>;
}

interface Known extends Registration {
  readonly status: string;
}

const node = { Node: 'spec', Address: '127.0.0.1', Datacenter: 'dc1' };

const statuses: Readonly<Record<string, string>> = {
  pass: 'passing',
  warn: 'warning',
  fail: 'critical',
};

/** An empty catalog; its index begins low, as that of an agent that starts. */
export const catalog = (): Catalog => {
  const changes = new EventEmitter().setMaxListeners(0);
  const services = new Map<string, Known>();
  const indexes = new Map<string, number>();
  let latest = 1;
  const changed = (service: string): void => {
    latest += 1;
    indexes.set(service, latest);
    changes.emit('change');
  };
  const indexOf = (service: string): number => indexes.get(service) ?? 1;
  return {
    register: (registration) => {
      const status = registration.Check?.Status ?? 'passing';
      services.set(registration.ID, { ...registration, status });
      changed(registration.Name);
    },
    deregister: (id) => {
      const known = services.get(id);
      services.delete(id);
      if (known !== undefined) changed(known.Name);
    },
    check: (id, outcome) => {
      const known = services.get(id);
      const status = statuses[outcome];
      if (known === undefined || status === undefined || known.status === status) return;
      services.set(id, { ...known, status });
      changed(known.Name);
    },
    setIndex: (index) => {
      latest = index;
      for (const service of indexes.keys()) indexes.set(service, index);
      changes.emit('change', 'all');
    },
    indexOf,
    healthOf: (service, isPassing) =>
      [...services.values()]
        .filter(({ Name, status }) => Name === service && (!isPassing || status === 'passing'))
        .map(({ ID, Name, Address = '', Port, status }) => ({
          Node: node,
          Service: { ID, Service: Name, Address, Port, Tags: [] },
          Checks: [{ Node: node.Node, CheckID: `service:${ID}`, Status: status }],
        })),
    changedAfter: async (service, index, milliseconds, response) => {
      if (index < 1) return;
      const over = AbortSignal.timeout(milliseconds);
      const gone = new AbortController();
      response.on('close', () => gone.abort());
      const signal = AbortSignal.any([over, gone.signal]);
      let isAll = false;
      while (!isAll && !signal.aborted && indexOf(service) <= index)
        isAll = await once(changes, 'change', { signal }).then(
          ([what]) => what === 'all',
          () => true,
        );
    },
  };
};

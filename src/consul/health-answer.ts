import { isLeft } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';

import type { Endpoint } from '../ir/endpoints.ts';
import { isPort } from '../ir/port.ts';

/** The most instances that one service may have. */
export const mostInstances = 5000;

/** An instance of a service on a node, of all that Consul says of both. */
const Entry = t.type({
  Node: t.type({ Address: t.string }),
  Service: t.type({ Address: t.string, Port: t.number }),
});

const Entries = t.readonlyArray(Entry);

/** The endpoints in an answer of `/v1/health/service`, or what is wrong with it. */
type HealthAnswer = { readonly endpoints: readonly Endpoint[] } | { readonly fault: string };

/**
 * Reads the body of an answer. An instance without an address has that of its node; without a port there is
 * nothing to connect to.
 */
export const readHealthAnswer = (body: string): HealthAnswer => {
  const entries = Entries.decode(parsed(body));
  if (isLeft(entries)) return { fault: 'the answer is no list of instances of a service' };
  if (entries.right.length > mostInstances)
    return { fault: `${entries.right.length} instances, more than ${mostInstances}` };
  const found = entries.right
    .map(({ Node, Service }) => ({
      address: Service.Address === '' ? Node.Address : Service.Address,
      port: Service.Port,
    }))
    .filter((one): one is Endpoint => one.address !== '' && isPort(one.port));
  const unique = new Map(found.map((one) => [`${one.address} ${one.port}`, one]));
  return { endpoints: [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one) };
};

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

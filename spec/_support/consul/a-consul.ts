import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';

/** An agent of Consul on loopback: the stand-in, or the real one. */
export interface AConsul {
  /** `127.0.0.1:<port>`; the same after a restart. */
  readonly address: string;
  /** The data centre of the agent. */
  readonly datacenter: string;
  /** Ends it; what waits for an answer is cut off. */
  readonly kill: () => Promise<void>;
  /** Starts it again, with nothing registered and a history of its own. */
  readonly restart: () => Promise<void>;
  /** Ends it for good. */
  readonly stop: () => Promise<void>;
}

/** An instance of a service; without an address it has that of its node. */
export interface Instance {
  readonly id: string;
  readonly name: string;
  readonly address?: string;
  readonly port: number;
}

/** Registers an instance whose check passes. */
export const register = async (
  { address: agent }: AConsul,
  { id, name, address, port }: Instance,
): Promise<void> => {
  await put(agent, 'service/register', {
    ...{ ID: id, Name: name, Port: port },
    ...(address !== undefined && { Address: address }),
    Check: { CheckID: `service:${id}`, TTL: '1h', Status: 'passing' },
  });
};

/** Takes an instance away. */
export const deregister = async ({ address }: AConsul, id: string): Promise<void> => {
  await put(address, `service/deregister/${id}`);
};

/** Lets the check of an instance pass, warn or fail. */
export const checked = async (
  { address }: AConsul,
  id: string,
  outcome: 'pass' | 'warn' | 'fail',
): Promise<void> => {
  await put(address, `check/${outcome}/service:${id}`);
};

/** What an agent answers about a service: the index, and the ports of the instances. */
export interface HealthOf {
  readonly status: number;
  readonly index: number;
  readonly ports: readonly number[];
}

/** Asks an agent as the gateway does. */
export const healthOf = async (
  { address }: AConsul,
  service: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<HealthOf> => {
  const query = new URLSearchParams({ passing: 'true', ...parameters }).toString();
  const { status, headers, body } = await call(
    address,
    'GET',
    `/v1/health/service/${service}?${query}`,
  );
  const entries =
    status === 200 ? (JSON.parse(body) as { readonly Service: { readonly Port: number } }[]) : [];
  return {
    status,
    index: Number(headers['x-consul-index']),
    ports: entries.map(({ Service }) => Service.Port).sort((a, b) => a - b),
  };
};

const put = async (address: string, path: string, body?: unknown): Promise<void> => {
  const { status, body: said } = await call(address, 'PUT', `/v1/agent/${path}`, body);
  if (status !== 200) throw new Error(`expected ${path} to be done, got ${status} ${said}`);
};

/** One request on a connection of its own. */
const call = async (address: string, method: string, path: string, body?: unknown) => {
  const [host = '', port] = address.split(':');
  const sent = request({ host, port, method, path, agent: false });
  sent.end(body === undefined ? undefined : JSON.stringify(body));
  const [answer] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    body: await text(answer),
  };
};

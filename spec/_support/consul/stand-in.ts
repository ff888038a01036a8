import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import type { AConsul } from './a-consul.ts';
import { catalog, type Catalog, type Registration } from './catalog.ts';

/** A question as the stand-in got it. */
export interface AskedConsul {
  readonly path: string;
  readonly token: string | undefined;
}

/** What is answered instead of what is so: nothing at all, or this. */
export type Misanswer = (response: ServerResponse, path: string) => void;

/** Consul's health API as far as the gateway asks it, with what real agents do wrong. */
export interface StandIn extends AConsul {
  /** The questions about health since this was asked last. */
  readonly asked: () => readonly AskedConsul[];
  /** The questions that wait for an answer now. */
  readonly waiting: () => number;
  /** From now on questions about health are answered so; nothing: as it is. Those that wait are cut off. */
  readonly misanswers: (how: Misanswer | undefined) => void;
  /** Registers an instance, and takes one away, at once. */
  readonly tell: (registration: Registration) => void;
  readonly take: (id: string) => void;
  /** Sets the index of all that there is, as after a restored backup, and answers all that wait. */
  readonly setIndex: (index: number) => void;
}

const datacenter = 'dc1';

/** Starts a stand-in on loopback. */
export const startStandIn = async (): Promise<StandIn> => {
  let known = catalog();
  let how: Misanswer | undefined;
  let asked: AskedConsul[] = [];
  const open = new Set<ServerResponse>();
  let waiting = 0;

  const health = async (url: URL, request: IncomingMessage, response: ServerResponse) => {
    const token = request.headers['x-consul-token'];
    asked.push({
      path: url.pathname + url.search,
      token: typeof token === 'string' ? token : undefined,
    });
    if (how !== undefined) return how(response, url.pathname);
    const dc = url.searchParams.get('dc');
    if (dc !== null && dc !== datacenter) return failed(response, 500, 'No path to datacenter');
    const service = decodeURIComponent(url.pathname.slice('/v1/health/service/'.length));
    const isPassing =
      url.searchParams.has('passing') && url.searchParams.get('passing') !== 'false';
    const index = Number(url.searchParams.get('index') ?? 0);
    waiting += 1;
    const of: Catalog = known;
    await of.changedAfter(service, index, waitOf(url.searchParams.get('wait')), response);
    waiting -= 1;
    if (response.destroyed || how !== undefined || of !== known) return void response.destroy();
    response.setHeader('X-Consul-Index', String(of.indexOf(service)));
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(of.healthOf(service, isPassing)));
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', 'http://consul');
    const [, , part, what, verb, ...rest] = url.pathname.split('/');
    const id = rest.join('/');
    open.add(response);
    response.on('close', () => open.delete(response));
    if (part === 'health' && what === 'service') return await health(url, request, response);
    const body = await text(request);
    if (what === 'service' && verb === 'register') known.register(JSON.parse(body) as Registration);
    else if (what === 'service' && verb === 'deregister') known.deregister(id);
    else if (what === 'check') known.check(id.replace(/^service:/, ''), verb ?? '');
    else return failed(response, 404, 'no such page');
    response.end();
  };

  const start = async (port: number): Promise<Server> => {
    const started = createServer((request, response) => void answer(request, response));
    started.listen(port, '127.0.0.1');
    await once(started, 'listening');
    return started;
  };
  const cutOff = (): void => {
    for (const one of open) one.destroy();
  };

  let server = await start(0);
  const { port } = server.address() as AddressInfo;
  const kill = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return {
    ...{ address: `127.0.0.1:${port}`, datacenter, kill },
    stop: async () => {
      if (server.listening) await kill();
    },
    restart: async () => {
      if (server.listening) await kill();
      known = catalog();
      server = await start(port);
    },
    asked: () => {
      const since = asked;
      asked = [];
      return since;
    },
    waiting: () => waiting,
    misanswers: (next) => {
      how = next;
      cutOff();
    },
    tell: (registration) => known.register(registration),
    take: (id) => known.deregister(id),
    setIndex: (index) => known.setIndex(index),
  };
};

const failed = (response: ServerResponse, status: number, message: string): void => {
  response.statusCode = status;
  response.end(message);
};

/** `60s`, `5m`; five minutes if nothing is said, ten at most (Consul, "Blocking queries"). */
const waitOf = (wait: string | null): number => {
  const [, number, unit] = /^(\d+)(ms|s|m)$/.exec(wait ?? '5m') ?? [];
  const milliseconds = { ms: 1, s: 1000, m: 60_000 }[unit ?? 's'] ?? 1000;
  return Math.min(Number(number) * milliseconds, 600_000);
};

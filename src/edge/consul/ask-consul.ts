import { lookup as lookUp, type LookupAddress } from 'node:dns';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';

import { defer, from, Observable, of, switchMap } from 'rxjs';

import type { AskConsul, ConsulQuestion } from '../../../streams/consul/follow-service.ts';
import {
  expandedAddress,
  expectedConsulAddress,
  parseConsulAddress,
  usableVariables,
  type ConsulAddress,
} from '../../consul/consul-address.ts';
import type { Outcome } from '../../consul/followed-service.ts';
import { readHealthAnswer } from '../../consul/health-answer.ts';
import {
  refusedUse,
  showRefused,
  type AddressOptions,
} from '../../translate/contribution/refused-addresses.ts';
import { messageOf } from '../message-of.ts';
import { isTruthy, type ConsulEnvironment } from './consul-environment.ts';

/** Asks agents of Consul for the healthy instances of services. */
interface ConsulClient {
  readonly ask: AskConsul;
  /** Ends all connections. */
  readonly close: () => void;
}

/**
 * A client of all agents that resolvers name.
 *
 * Each question has a connection of its own while it waits. A redirect is a failure: who answers must be who was
 * asked. Of an answer no more is read than `mostBytes`.
 */
export const consulClient = (env: ConsulEnvironment, options: AddressOptions): ConsulClient => {
  const agents = {
    http: new http.Agent({ keepAlive: true }),
    https: new https.Agent({ keepAlive: true }),
  };
  const ask = (question: ConsulQuestion): Observable<Outcome> => {
    const { address, isTrusted } = question.query;
    const place = placeOf(address, env, options);
    if ('fault' in place) return of(failed(place.fault));
    const scheme = place.scheme ?? (isTruthy(env.CONSUL_HTTP_SSL) ? 'https' : 'http');
    return defer(() => from(credentials(env, isTrusted, scheme === 'https'))).pipe(
      switchMap((known) => {
        if ('fault' in known) return of(failed(known.fault));
        const { token, ca } = known;
        return exchange(scheme === 'https' ? https : http, token, {
          ...{ host: place.host, port: place.port, path: pathOf(question), agent: agents[scheme] },
          ...{ lookup: guarded(options), headers: headersOf(place, token) },
          ...(ca !== undefined && { ca }),
        });
      }),
    );
  };
  return {
    ask,
    close: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
};

/** The most bytes that are read of an answer. */
const mostBytes = 8 * 1024 * 1024;

const failed = (cause: string): Outcome => ({ _tag: 'Failed', cause });

const placeOf = (
  written: string,
  env: ConsulEnvironment,
  options: AddressOptions,
): ConsulAddress | { readonly fault: string } => {
  const expanded = expandedAddress(written, env);
  if ('variable' in expanded)
    return { fault: `${expanded.variable} is not set, or none of ${usableVariables}` };
  const place = parseConsulAddress(expanded.address);
  if (place === undefined)
    return { fault: `expected ${expectedConsulAddress}, got ${JSON.stringify(expanded.address)}` };
  const use = refusedUse(options, place.host);
  return use === undefined
    ? place
    : { fault: `it may not be asked: ${showRefused(place.host, use)}` };
};

/** Names are looked up here, so that none stands for an address that would be refused. */
const guarded =
  (options: AddressOptions): LookupFunction =>
  (host, how, callback) =>
    lookUp(host, { ...how, all: true }, (error, found: readonly LookupAddress[]) => {
      if (error !== null) return callback(error, '');
      const [refused] = found.flatMap(({ address }) => {
        const use = refusedUse(options, address);
        return use === undefined ? [] : [showRefused(address, use)];
      });
      const [first] = found;
      if (refused !== undefined || first === undefined)
        return callback(new Error(`${host} may not be asked: it is ${refused ?? 'nowhere'}`), '');
      return how.all === true
        ? callback(null, [...found])
        : callback(null, first.address, first.family);
    });

interface Credentials {
  readonly token?: string;
  readonly ca?: string;
}

/** Files are read each time: what is in them is rotated. */
const credentials = async (
  env: ConsulEnvironment,
  isTrusted: boolean,
  isTls: boolean,
): Promise<Credentials | { readonly fault: string }> => {
  try {
    const { CONSUL_HTTP_TOKEN: given, CONSUL_HTTP_TOKEN_FILE: file, CONSUL_CACERT: ca } = env;
    const read = !isTrusted || given || !file ? given : (await readFile(file, 'utf8')).trim();
    return {
      ...(isTrusted && read && { token: read }),
      ...(isTls && ca && { ca: await readFile(ca, 'utf8') }),
    };
  } catch (error) {
    return { fault: messageOf(error) };
  }
};

const pathOf = ({ query, index, waitSeconds }: ConsulQuestion): string => {
  const { service, datacenter } = query;
  const parameters = new URLSearchParams({
    passing: 'true',
    ...(datacenter !== undefined && { dc: datacenter }),
    ...(index > 0 && { index: String(index), wait: `${waitSeconds}s` }),
  });
  return `/v1/health/service/${encodeURIComponent(service)}?${parameters.toString()}`;
};

const headersOf = (place: ConsulAddress, token: string | undefined) => ({
  accept: 'application/json',
  host: place.host.includes(':') ? `[${place.host}]:${place.port}` : `${place.host}:${place.port}`,
  ...(token !== undefined && { 'x-consul-token': token }),
});

/** One request and its whole answer; ends the connection when it is unsubscribed. */
const exchange = (
  { request }: Pick<typeof http, 'request'>,
  token: string | undefined,
  options: https.RequestOptions,
): Observable<Outcome> =>
  new Observable((subscriber) => {
    const say = (outcome: Outcome): void => {
      subscriber.next(outcome);
      subscriber.complete();
    };
    const sent = request(options, (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= mostBytes) return void chunks.push(chunk);
        say(failed(`the answer is larger than ${mostBytes} bytes`));
        sent.destroy();
      });
      answer.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        say(outcomeOf(answer, body, token));
      });
      answer.on('error', (error) => say(failed(messageOf(error))));
    });
    sent.on('error', (error) => say(failed(messageOf(error))));
    sent.end();
    return () => sent.destroy();
  });

const outcomeOf = (
  { statusCode = 0, headers }: http.IncomingMessage,
  body: string,
  token: string | undefined,
): Outcome => {
  if (statusCode !== 200) return failed(`it answered ${statusCode}${quoted(body, token)}`);
  const read = readHealthAnswer(body);
  if ('fault' in read) return failed(read.fault);
  const index = Number(headers['x-consul-index']);
  return {
    _tag: 'Answered',
    ...(Number.isSafeInteger(index) && { index }),
    endpoints: read.endpoints,
  };
};

/** What an answer says, unless it repeats the token. */
const quoted = (body: string, token: string | undefined): string => {
  const line = body
    .slice(0, 200)
    .replaceAll(/[^\x20-\x7e]+/g, ' ')
    .trim();
  return line === '' || (token !== undefined && body.includes(token)) ? '' : `: ${line}`;
};

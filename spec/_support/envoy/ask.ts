import { request as plain, type Agent, type IncomingMessage } from 'node:http';
import { request as secure } from 'node:https';
import type { TLSSocket } from 'node:tls';

/** A request to a gateway on this machine. */
export interface Question {
  readonly port: number;
  readonly path?: string;
  readonly method?: string;
  /** The `Host` header; by default the name in `sni`. */
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  /** Asks over TLS, for the certificate of this name; empty: for none. */
  readonly sni?: string;
  /** The address that is asked; absent: 127.0.0.1. */
  readonly at?: string;
  /** The address the connection comes from. */
  readonly from?: string;
  /** Absent: a connection of its own. */
  readonly agent?: Agent;
}

/** What the gateway answered. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** What an example backend says about the request it got; empty when somebody else answered. */
  readonly said: Said;
  /** The names in the certificate that was served. */
  readonly certificate?: string;
}

/** What an example backend tells about a request. */
export interface Said {
  readonly service?: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** Asks once; a connection that fails rejects. */
export const ask = async (question: Question): Promise<Answer> =>
  await new Promise((resolve, reject) => {
    const { port, path = '/', method = 'GET', sni, host = sni ?? 'localhost' } = question;
    const options = {
      host: question.at ?? '127.0.0.1',
      port,
      path,
      method,
      headers: { host, ...question.headers } as Record<string, string | string[]>,
      agent: question.agent ?? false,
      timeout: 60_000,
      ...(question.from !== undefined && { localAddress: question.from }),
    } as const;
    const heard = (response: IncomingMessage): void => {
      const chunks: Buffer[] = [];
      const certificate = certificateOf(response);
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const body = Buffer.concat(chunks).toString();
        const { statusCode = 0, headers } = response;
        const said = saidIn(body, headers);
        resolve({ status: statusCode, headers, body, said, ...certificate });
      });
    };
    const outgoing =
      sni === undefined
        ? plain(options, heard)
        : secure({ ...options, servername: sni, rejectUnauthorized: false }, heard);
    outgoing.once('timeout', () => outgoing.destroy(new Error('no answer')));
    outgoing.once('error', reject);
    outgoing.end(question.body);
  });

const saidIn = (body: string, headers: IncomingMessage['headers']): Said =>
  headers['x-service'] === undefined || headers['content-type'] !== 'application/json'
    ? { headers: {} }
    : (JSON.parse(body) as Said);

const certificateOf = ({ socket }: IncomingMessage): Pick<Answer, 'certificate'> => {
  if (!('getPeerCertificate' in socket)) return {};
  const { subjectaltname } = (socket as TLSSocket).getPeerCertificate();
  return subjectaltname === undefined ? {} : { certificate: subjectaltname };
};

import { connect, type Socket } from 'node:net';

/** An answer as it came, without what differs every time. */
export interface RawAnswer {
  readonly status: string;
  readonly headers: readonly string[];
  readonly body: string;
}

/** A connection that is kept as long as the server keeps it; requests are texts. */
export interface RawConnection {
  readonly ask: (request: string) => Promise<RawAnswer>;
  readonly close: () => void;
}

/** Opens a connection to a port of this machine when something is asked, and again when it is closed. */
export const rawConnection = (port: number): RawConnection => {
  let socket: Socket | undefined;
  const close = (): void => {
    socket?.destroy();
    socket = undefined;
  };
  return {
    close,
    ask: async (request) =>
      await new Promise((resolve, reject) => {
        const open = socket ?? connect(port, '127.0.0.1').setNoDelay(true);
        socket = open;
        let received = Buffer.alloc(0);
        const end = (answer: RawAnswer, isKept: boolean): void => {
          open.removeAllListeners('data').removeAllListeners('end').removeAllListeners('error');
          if (!isKept) close();
          resolve(answer);
        };
        open.removeAllListeners('timeout');
        open.setTimeout(60_000, () => open.destroy(new Error(`no answer to ${request}`)));
        open.on('data', (chunk: Buffer) => {
          received = Buffer.concat([received, chunk]);
          const answer = read(received, request.startsWith('HEAD '));
          if (answer !== undefined) end(answer, staysOpen(answer));
        });
        open.once('end', () => end({ status: 'closed', headers: [], body: `${received}` }, false));
        open.once('error', reject);
        open.write(request);
      }),
  };
};

const staysOpen = ({ status, headers }: RawAnswer): boolean =>
  / (?:2|3|404)/.test(status) && !headers.includes('connection: close');

/** The answer, once all of it is there. */
const read = (received: Buffer, isHead: boolean): RawAnswer | undefined => {
  const split = received.indexOf('\r\n\r\n');
  if (split < 0) return undefined;
  if (/^HTTP\/1.1 100 /.test(received.toString('latin1', 0, 13)))
    return read(received.subarray(split + 4), isHead);
  const [status = '', ...lines] = received.subarray(0, split).toString('latin1').split('\r\n');
  const rest = received.subarray(split + 4).toString('latin1');
  const headers = lines.filter((line) => !isVolatile.test(line)).sort();
  const length = /^content-length: (\d+)/m.exec(lines.join('\n'))?.[1];
  if (isHead || / (?:1\d\d|204|304) /.test(status)) return { status, headers, body: '' };
  if (lines.includes('transfer-encoding: chunked'))
    return rest.endsWith('0\r\n\r\n') ? { status, headers, body: rest } : undefined;
  return length === undefined || rest.length >= Number(length)
    ? { status, headers, body: rest }
    : undefined;
};

const isVolatile = /^(?:date|x-envoy-upstream-service-time):/;

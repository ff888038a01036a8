import { connect } from 'node:net';

/** Requests that are sent on time, however slow the answers are. */
export interface OpenLoopOptions {
  readonly port: number;
  /** Requests in full, sent in turn. */
  readonly requests: readonly string[];
  /** The status of every answer; 302 unless said otherwise. */
  readonly status?: number;
  /** Requests a second. */
  readonly rate: number;
  readonly seconds: number;
  readonly connections: number;
}

/** What became of them. */
export interface OpenLoopReport {
  readonly answered: number;
  /** Milliseconds from when each was due. */
  readonly times: readonly number[];
}

/** How a request for a path of a host is written, with more lines of its head. */
export const requestFor = (host: string, path: string, more = ''): string =>
  `GET ${path} HTTP/1.1\r\nhost: ${host}\r\nuser-agent: bench\r\naccept: */*\r\n${more}\r\n`;

/** A request that waits for a connection, and when it was due. */
interface Due {
  readonly request: string;
  readonly at: number;
}

/**
 * Sends requests at a rate over a few connections, one at a time on each: Envoy closes a connection on
 * which more than two answers wait. A request that finds none free waits for one, and the time of each
 * begins when it was due.
 */
export const openLoop = async (options: OpenLoopOptions): Promise<OpenLoopReport> => {
  const { port, requests, rate, seconds, connections, status = 302 } = options;
  const total = Math.round(rate * seconds);
  const waiting: Due[] = [];
  const free: Line[] = [];
  const times: number[] = [];
  return await new Promise((resolve, reject) => {
    const next = (line: Line): void => {
      const due = waiting.shift();
      if (due === undefined) free.push(line);
      else line.send(due);
    };
    const answered = (line: Line, taken: number): void => {
      times.push(taken);
      next(line);
      if (times.length < total) return;
      for (const { close } of free) close();
      resolve({ answered: total, times });
    };
    const begin = (): void => {
      const began = performance.now();
      let sent = 0;
      const timer = setInterval(() => {
        const due = Math.min(total, ((performance.now() - began) / 1000) * rate);
        for (; sent < due; sent += 1) {
          const at = began + (sent / rate) * 1000;
          waiting.push({ request: requests[sent % requests.length] ?? '', at });
          const line = free.shift();
          if (line !== undefined) next(line);
        }
        if (sent === total) clearInterval(timer);
      }, 1);
    };
    const lines = Array.from({ length: connections }, () =>
      openLine(port, status, answered, reject),
    );
    Promise.all(lines)
      .then((all) => free.push(...all))
      .then(begin, reject);
  });
};

/** One connection. */
interface Line {
  readonly send: (due: Due) => void;
  readonly close: () => void;
}

const openLine = async (
  port: number,
  status: number,
  answered: (line: Line, taken: number) => void,
  failed: (error: Error) => void,
): Promise<Line> =>
  await new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    let heard = '';
    let due = 0;
    const line: Line = {
      send: ({ request, at }) => {
        due = at;
        socket.write(request);
      },
      close: () => socket.removeAllListeners('close').destroy(),
    };
    socket.once('connect', () => resolve(line));
    socket.on('error', failed);
    socket.on('close', () => failed(new Error('Envoy closed a connection')));
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      if (!isWhole(heard)) return;
      if (!heard.startsWith(`HTTP/1.1 ${status}`))
        failed(new Error(`expected ${status}, got ${heard}`));
      heard = '';
      answered(line, performance.now() - due);
    });
  });

/** Whether this is all of an answer: a head, and the body that it speaks of. */
const isWhole = (heard: string): boolean => {
  const end = heard.indexOf('\r\n\r\n');
  if (end === -1) return false;
  const head = heard.slice(0, end);
  if (/^transfer-encoding: chunked$/im.test(head)) return heard.endsWith('\r\n0\r\n\r\n');
  const [, length = '0'] = /^content-length: (\d+)$/im.exec(head) ?? [];
  return heard.length >= end + 4 + Number(length);
};

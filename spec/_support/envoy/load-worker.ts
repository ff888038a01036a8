import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { LookupFunction } from 'node:net';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { createInterface } from 'node:readline';

import type { LoadFailure, LoadOptions, LoadReport } from './load.ts';

/**
 * A program that sends requests at a fixed rate, whether or not answers come back, until its input
 * ends; then it waits for the last answers and writes a report.
 *
 * `any words 7` in its input is answered with `any words` when the next seven requests have ended.
 */
const options = JSON.parse(process.argv[2] ?? '{}') as LoadOptions;
const { targets, rate, connections, freshEvery, patience } = options;
const settings = { keepAlive: true, maxSockets: connections, scheduling: 'fifo' } as const;
const kept = { http: new HttpAgent(settings), https: new HttpsAgent(settings) };
const failures: LoadFailure[] = [];
const answers: Record<string, number> = {};
const times: number[] = [];
/** The numbers of the requests that are under way, in order. */
const open = new Set<number>();
const awaited = new Map<string, number>();
let sent = 0;
let fresh = 0;

const send = (): void => {
  const url = new URL(targets[sent % targets.length] ?? '');
  const [request, agent] =
    url.protocol === 'https:' ? [httpsRequest, kept.https] : [httpRequest, kept.http];
  const isFresh = sent % freshEvery === 0;
  const began = performance.now();
  const number = sent;
  sent += 1;
  open.add(number);
  if (isFresh) fresh += 1;
  const end = (reason?: string): void => {
    open.delete(number);
    times.push(performance.now() - began);
    if (reason !== undefined) failures.push({ at: Date.now(), url: url.href, reason });
    tellWhoWaits();
  };
  let ended = false;
  const once = (reason?: string): void => {
    if (!ended) end(reason);
    ended = true;
  };
  const outgoing = request(
    url,
    {
      agent: isFresh ? false : agent,
      rejectUnauthorized: false,
      timeout: patience,
      ...(url.hostname.endsWith('.example') && { lookup: here }),
    },
    (incoming) => {
      const { statusCode = 0, headers } = incoming;
      let body = '';
      incoming.setEncoding('utf8').on('data', (text: string) => (body += text));
      incoming.once('error', (error) => once(`cut off: ${error.message}`));
      incoming.once('end', () => {
        const by = String(headers['x-service'] ?? '');
        answers[by] = (answers[by] ?? 0) + 1;
        once(statusCode === 200 ? undefined : `${statusCode} ${body.slice(0, 120)}`);
      });
    },
  );
  outgoing.once('timeout', () => outgoing.destroy(new Error(`no answer within ${patience} ms`)));
  outgoing.once('error', (error) => once(error.message));
  outgoing.end();
};

/** Writes the words whose number is reached: every request below it has ended. */
const tellWhoWaits = (): void => {
  const [first = sent] = open;
  for (const [words, number] of awaited)
    if (number <= first) {
      awaited.delete(words);
      process.stdout.write(`${words}\n`);
    }
};

/** The most requests under way: more would only keep the machine from everything else. */
const mostOpen = 32;

/** Resolves names of examples to this machine. */
const here: LookupFunction = (_name, _options, found) =>
  found(null, [{ address: '127.0.0.1', family: 4 }]);

const start = performance.now();
const timer = setInterval(() => {
  const due = Math.floor(((performance.now() - start) / 1000) * rate);
  for (let late = due - sent; late > 0 && open.size < mostOpen; late -= 1) send();
}, 4);

createInterface({ input: process.stdin }).on('line', (line) => {
  const space = line.lastIndexOf(' ');
  awaited.set(line.slice(0, space), sent + Number(line.slice(space)));
  tellWhoWaits();
});

process.stdin.once('end', () => {
  clearInterval(timer);
  const seconds = (performance.now() - start) / 1000;
  const report = (): void => {
    const sorted = times.toSorted((a, b) => a - b);
    const p = (share: number): number => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
    const summary: LoadReport = {
      sent,
      fresh,
      seconds,
      answers,
      failures,
      milliseconds: { p50: p(0.5), p99: p(0.99), max: Math.round(sorted.at(-1) ?? 0) },
    };
    process.stdout.write(`${JSON.stringify(summary)}\n`, () => process.exit());
  };
  const wait = setInterval(() => {
    if (open.size > 0) return;
    clearInterval(wait);
    report();
  }, 10);
});

import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { LookupFunction } from 'node:net';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

import type { LoadFailure, LoadOptions, LoadReport } from './load.ts';

/**
 * A program that sends requests at a fixed rate, whether or not answers come back, until its input
 * ends; then it waits for the last answers and writes a report.
 */
const options = JSON.parse(process.argv[2] ?? '{}') as LoadOptions;
const { targets, rate, connections, freshEvery, patience } = options;
const settings = { keepAlive: true, maxSockets: connections, scheduling: 'fifo' } as const;
const kept = { http: new HttpAgent(settings), https: new HttpsAgent(settings) };
const failures: LoadFailure[] = [];
const answers: Record<string, number> = {};
const times: number[] = [];
let sent = 0;
let open = 0;
let fresh = 0;

const send = (): void => {
  const url = new URL(targets[sent % targets.length] ?? '');
  const [request, agent] =
    url.protocol === 'https:' ? [httpsRequest, kept.https] : [httpRequest, kept.http];
  const isFresh = sent % freshEvery === 0;
  const began = performance.now();
  sent += 1;
  open += 1;
  if (isFresh) fresh += 1;
  const end = (reason?: string): void => {
    open -= 1;
    times.push(performance.now() - began);
    if (reason !== undefined) failures.push({ at: Date.now(), url: url.href, reason });
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

/** Names of examples are those of this machine. */
const here: LookupFunction = (_name, _options, found) =>
  found(null, [{ address: '127.0.0.1', family: 4 }]);

const start = performance.now();
const timer = setInterval(() => {
  const due = Math.floor(((performance.now() - start) / 1000) * rate);
  for (let late = due - sent; late > 0; late -= 1) send();
}, 4);

process.stdin.resume().once('end', () => {
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
    process.stdout.write(JSON.stringify(summary), () => process.exit());
  };
  const wait = setInterval(() => {
    if (open > 0) return;
    clearInterval(wait);
    report();
  }, 10);
});

import { setTimeout } from 'node:timers/promises';

import test from 'ava';

import { envoyMetrics, type AskEnvoy } from '../../../../src/edge/admin/envoy-metrics.ts';
import { eventually } from '../../../_support/envoy/supervised-envoy.ts';

async function* chunks(...texts: readonly string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

async function* breakingOff(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
  throw new Error('aborted');
}

/** What is told, without the time that it took. */
const told = async (ask: AskEnvoy): Promise<string> => {
  let text = '';
  for await (const piece of envoyMetrics(ask)('listed')) text += piece.toString();
  return text.replace(/^(headgate_envoy_scrape_duration_seconds) \d\S*$/m, '$1 TIME');
};

const end = (
  success: 0 | 1,
): string => `# HELP headgate_envoy_scrape_success 1 if the series of Envoy in this answer are complete, else 0; not there without an own Envoy.
# TYPE headgate_envoy_scrape_success gauge
headgate_envoy_scrape_success ${success}
# HELP headgate_envoy_scrape_duration_seconds How long these series took.
# TYPE headgate_envoy_scrape_duration_seconds gauge
headgate_envoy_scrape_duration_seconds TIME
`;

test('what Envoy says is told as it is, with what a listed series means', async (t) => {
  const text = await told(async () =>
    chunks('# TYPE envoy_server_live gauge\nenvoy_server', '_live{} 1\n# TYPE envoy_x counter\n'),
  );
  t.is(
    text,
    `# HELP envoy_server_live 1 while Envoy takes requests and is not drained.
# TYPE envoy_server_live gauge
envoy_server_live{} 1
# TYPE envoy_x counter
${end(1)}`,
  );
});

test('when Envoy does not answer, that is all that is told', async (t) => {
  const text = await told(async () => {
    throw new Error('connect ENOENT');
  });
  t.is(text, end(0));
});

test('of an answer that breaks off, only complete lines are told', async (t) => {
  t.is(await told(async () => breakingOff('envoy_a{} 1\nenvoy_b{x="')), `envoy_a{} 1\n${end(0)}`);
});

test('bytes that are no UTF-8 pass as they are', async (t) => {
  const line = Buffer.from([0x61, 0xff, 0x20, 0x31, 0x0a]);
  const pieces: Buffer[] = [];
  const ask: AskEnvoy = async () =>
    (async function* () {
      yield line;
    })();
  for await (const piece of envoyMetrics(ask)('all')) pieces.push(piece);
  t.deepEqual(pieces[0], line);
});

test('all are asked for without a filter', async (t) => {
  const asked: string[] = [];
  const metrics = envoyMetrics(async (query) => {
    asked.push(query);
    return chunks();
  });
  for (const choice of ['listed', 'all'] as const) for await (const _ of metrics(choice)) void _;
  t.regex(asked[0] ?? '', /^\?filter=/);
  t.is(asked[1], '');
});

test('Envoy is asked once at a time, however many ask and whether it answers', async (t) => {
  const begin: (() => void)[] = [];
  const metrics = envoyMetrics(
    async () =>
      await new Promise((resolve, reject) => {
        begin.push(begin.length === 0 ? () => resolve(chunks()) : () => reject(new Error('no')));
      }),
  );
  const all = [1, 2, 3].map(async () => {
    for await (const _ of metrics('all')) void _;
  });
  for (const n of [1, 2, 3]) {
    await eventually(`question ${n}`, () => begin.length === n);
    await new Promise(setImmediate);
    t.is(begin.length, n);
    begin[n - 1]?.();
  }
  await Promise.all(all);
  t.is(begin.length, 3);
});

test('who waits too long for others asks nothing, and the next one does when they are answered', async (t) => {
  const begin: (() => void)[] = [];
  const metrics = envoyMetrics(
    async () => await new Promise((resolve) => begin.push(() => resolve(chunks()))),
    1,
  );
  const told = async (): Promise<string> => {
    let text = '';
    for await (const piece of metrics('all')) text += piece.toString();
    return text;
  };
  const first = told();
  t.regex(await told(), /^headgate_envoy_scrape_success 0$/m);
  t.is(begin.length, 1);
  begin[0]?.();
  t.regex(await first, /^headgate_envoy_scrape_success 1$/m);
  const next = eventually('Envoy is asked again', async () => {
    void told();
    return begin.length > 1;
  });
  await t.notThrowsAsync(next);
});

test('who asks for all without end keeps nobody from those of the list', async (t) => {
  const metrics = envoyMetrics(async () => {
    await setTimeout(20);
    return chunks();
  }, 1000);
  const told = async (choice: 'listed' | 'all'): Promise<string> => {
    let text = '';
    for await (const piece of metrics(choice)) text += piece.toString();
    return text;
  };
  const all = Array.from({ length: 100 }, async () => await told('all'));

  t.regex(await told('listed'), /^headgate_envoy_scrape_success 1$/m);
  const answers = await Promise.all(all);
  t.true(answers.some((text) => /^headgate_envoy_scrape_success 0$/m.test(text)));
});

// The long run, 200,000 values: HEADGATE_LONG=1 npx ava --timeout=30m spec/features/ir/header-formats.spec.ts
import test, { type ExecutionContext } from 'ava';
import * as fc from 'fast-check';

import { commandsAllowed, foreignCommand } from '../../../src/ir/header/header-format.ts';
import { route } from '../../../src/xds/route/route.ts';
import { ask } from '../../_support/envoy/ask.ts';
import { startStaticEnvoy } from '../../_support/envoy/static-envoy.ts';
import { aRoute } from '../../_support/world/an-ir.ts';

const values = process.env['HEADGATE_LONG'] === undefined ? 2_000 : 200_000;
const atOnce = 20_000;
const inAnAnswer = 20;

/** The answers of a route have some of the values, between brackets, which keep blanks at their ends. */
const routeOf = (some: readonly string[], i: number) =>
  route(
    aRoute({
      match: { ...aRoute().match, path: { _tag: 'Exact', value: `/${i}`, caseSensitive: true } },
      action: { _tag: 'Respond', status: 200 },
      responseHeaders: {
        add: some.map((value, j) => ({ name: `x-${j}`, value: `[${value}]`, append: false })),
        remove: [],
      },
    }),
  );

/** What clients get for header values as users write them. */
const shown = async (
  t: ExecutionContext,
  written: readonly string[],
  legacy = false,
): Promise<readonly string[]> => {
  const groups = Array.from({ length: Math.ceil(written.length / inAnAnswer) }, (_, i) =>
    written.slice(i * inAnAnswer, (i + 1) * inAnAnswer),
  );
  const { port } = await startStaticEnvoy(
    t,
    { name: 'web', virtual_hosts: [{ name: '*', domains: ['*'], routes: groups.map(routeOf) }] },
    legacy ? { layered_runtime: {} } : {},
  );
  const got: string[] = [];
  for (const [i, group] of groups.entries()) {
    const { headers } = await ask({ port, path: `/${i}`, headers: { 'x-user': 'me' } });
    t.is(headers['x-injected'], undefined, group.join('\n'));
    for (const j of group.keys()) {
      const value = Buffer.from(String(headers[`x-${j}`]), 'latin1').toString();
      got.push(value.slice(1, -1));
    }
  }
  return got;
};

/** The values that Envoy shows otherwise than they are meant. */
const misread = async (t: ExecutionContext, written: readonly string[], legacy = false) => {
  const got = await shown(t, written, legacy);
  return written
    .map((value, i) => ({ value, got: got[i], meant: meaning(value) }))
    .filter(({ got: one, meant }) => one !== meant);
};

/** What a value means, read from left to right. */
const meaning = (value: string): string => {
  let [result, rest] = ['', value];
  while (rest !== '') {
    const [read, put] = first(rest);
    result += put;
    rest = rest.slice(read);
  }
  return result;
};

const first = (rest: string): readonly [read: number, put: string] => {
  const command = [...constant.keys()].find((text) => rest.startsWith(text));
  if (command !== undefined) return [command.length, constant.get(command) ?? ''];
  const [all, header, other, length] = headerCommand.exec(rest) ?? [];
  if (all === undefined) return [1, rest.slice(0, 1)];
  const found = [header, other].some((name) => name?.toLowerCase() === 'x-user') ? 'me' : '';
  return [all.length, found.slice(0, length === undefined ? found.length : Number(length))];
};

/** Commands that mean the same in every answer. */
const constant: ReadonlyMap<string, string> = new Map([
  ['%%', '%'],
  ['%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%', '127.0.0.1'],
  ['%PROTOCOL%', 'HTTP/1.1'],
  ['%RESPONSE_FLAGS%', '-'],
  ['%START_TIME(%Z)%', 'UTC'],
]);

const headerCommand = /^%(?:REQ)\((:?[\w-]+)(?:\?(:?[\w-]+))?\)(?::(\d{1,4}))?%/;

/** Other commands, whole and in pieces, JSON with escapes, and what may stand around them. */
const pieces: readonly string[] = [
  ...constant.keys(),
  ...['%REQ(x-user)%', '%REQ(a?X-User):1%', '%REQ(', 'x-user', 'a', '?', ')%', ')', '('],
  ...['%ENVIRONMENT(HOME)%', '%HOSTNAME%', '%FILE_CONTENT(/etc/hostname)%', '%FOO%', '%FOO(a)%'],
  ...['%DYNAMIC_METADATA([', '%UPSTREAM_METADATA([', '%CLUSTER_METADATA( [', '%PER_REQUEST_STATE('],
  ...['%DYNAMIC_METADATA(a:b)%', '"])%', '"]):9%', '"', '", "', '[', ']', '])%', '{', '}'],
  ...['\\u0025', '\\u0025ENVIRONMENT(HOME)\\u0025', '\\r\\n', '\\r\\nx-injected: y', '\\n', '\\"'],
  ...[
    '%',
    '%',
    '%%',
    '%%%',
    ':',
    ':3%',
    '0',
    '20',
    '%20',
    '%C3%A9',
    'é',
    ' ',
    '\t',
    '$',
    '\\',
    ',',
  ],
  ...['PROTOCOL', 'PROTOCOL%', '%PROTOCOL', '%protocol%', '%s', '%n', '%E'],
];

const anyValue = fc
  .oneof(
    { weight: 9, arbitrary: fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 }) },
    {
      weight: 1,
      arbitrary: fc.array(fc.constantFrom(...' %()[]:"\\?,ABR_EQ019aé'), { minLength: 1 }),
    },
  )
  .map((some) => some.join(''));

/** What may stand in the format of a time. */
const timePieces = [
  'T',
  ' ',
  '%s',
  '%3f',
  '%Y',
  '%n',
  '%Ez',
  '%Od',
  '%-d',
  '%%',
  '%',
  '(',
  ':',
  ',',
];

const anyTime = fc
  .array(fc.constantFrom(...timePieces), { maxLength: 5 })
  .map((some) => `%START_TIME(${some.join('')})%`);

const decodesJson: readonly string[] = [
  '%ENVIRONMENT(HOME)%',
  '%DYNAMIC_METADATA(["\\u0025ENVIRONMENT(HOME)\\u0025"])%',
  '%UPSTREAM_METADATA(["\\u0025ENVIRONMENT(HOME)\\u0025"])%',
  '%DYNAMIC_METADATA( ["\\u0025HOSTNAME\\u0025", "b"] )%',
  '%DYNAMIC_METADATA(["\\r\\nx-injected: y"])%',
  '%DYNAMIC_METADATA(["\\u0025BOGUS\\u0025"])%',
  '%%DYNAMIC_METADATA(["\\u0025HOSTNAME\\u0025"])%%',
  '%PER_REQUEST_STATE(a)%',
];

test('Envoy decodes no JSON in a header value, so that no command hides there', async (t) => {
  t.deepEqual(await misread(t, decodesJson), []);
  for (const value of decodesJson) t.not(foreignCommand(value), undefined, value);
});

test('every command that a header value may hold is one of Envoy', async (t) => {
  const written = commandsAllowed.map(
    (command) =>
      `%${command.replace('header?other', 'a?b').replace('length', '9').replace('format', '%Y')}%`,
  );
  for (const [i, value] of (await shown(t, written)).entries())
    t.regex(value, /^[^%]*$/, written[i]);
});

for (let from = 0; from < values; from += atOnce)
  test(`Envoy reads header values as we do, from ${from} on`, async (t) => {
    const seed = values > atOnce ? Date.now() + from : 1;
    t.log(`seed ${seed}`);
    const written = fc.sample(anyValue, { seed, numRuns: Math.min(values, atOnce) });
    t.deepEqual(await misread(t, written), []);

    const taken = written.filter((value) => foreignCommand(value) === undefined);
    t.true(taken.length > written.length / 5);
    t.deepEqual(await misread(t, taken, true), [], 'by its older way');
  });

test('a format of a time that we take is one of Envoy, and any other is text', async (t) => {
  const written = fc.sample(anyTime, { seed: 1, numRuns: 1_000 });
  for (const legacy of [false, true]) {
    const some = legacy ? written.filter((value) => foreignCommand(value) === undefined) : written;
    for (const [i, got] of (await shown(t, some, legacy)).entries()) {
      const value = some[i] ?? '';
      if (foreignCommand(value) === undefined) t.notRegex(got, /START_TIME|%/, value);
      else t.regex(got, /^%START_TIME\(/, value);
    }
  }
});

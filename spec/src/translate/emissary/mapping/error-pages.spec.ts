import test from 'ava';

import { keys, values } from '../../../../../src/collection/collection.ts';
import {
  aHost,
  aListener,
  aMapping,
  aModule,
  problemLines,
  translated,
  type Manifest,
} from '../../../../_support/world/builders.ts';

type Fields = Readonly<Record<string, unknown>>;

const page = (status: number, body: Fields) => ({ on_status_code: status, body });
const text = (text_format: string) => page(404, { text_format });

const world = (...objects: readonly Manifest[]) =>
  translated(aListener(), aHost('default/all'), ...objects);

/** The pages of each route; `none` for a route without. */
const pagesOf = ({ ir }: ReturnType<typeof translated>): readonly unknown[] =>
  [...values(ir.virtualHosts)]
    .flatMap(({ routes }) => routes)
    .map(({ filters = [] }) =>
      filters.flatMap(({ settings }) => (settings._tag === 'ErrorPages' ? settings.pages : [])),
    )
    .map((pages) => (pages.length === 0 ? 'none' : pages));

const hasFilter = ({ ir }: ReturnType<typeof translated>): boolean =>
  [...keys(ir.filters)].includes('error pages');

const inText = (body: string) => [{ status: 404, body: { _tag: 'Text', text: body } }];

test('the pages of a Mapping are those of its route', (t) => {
  const overrides = [
    page(404, { text_format: 'gone', content_type: 'text/html' }),
    page(503, { json_format: { status: '%RESPONSE_CODE%' } }),
  ];
  t.deepEqual(pagesOf(world(aMapping('default/a', { error_response_overrides: overrides }))), [
    [
      { status: 404, contentType: 'text/html', body: { _tag: 'Text', text: 'gone' } },
      { status: 503, body: { _tag: 'Json', fields: { status: '%RESPONSE_CODE%' } } },
    ],
  ]);
});

test('those of a Module are for Mappings that have none and do not bypass them', (t) => {
  const all = world(
    aModule({ error_response_overrides: [text('of all')] }),
    aMapping('default/a', { prefix: '/a/', error_response_overrides: [text('own')] }),
    aMapping('default/b', { prefix: '/b/' }),
    aMapping('default/c', { prefix: '/c/', bypass_error_response_overrides: true }),
    aMapping('default/d', { prefix: '/d/', host_redirect: true }),
  );
  t.deepEqual(pagesOf(all), ['none', 'none', inText('of all'), inText('own')]);
});

test('the filter is there as long as somebody has pages', (t) => {
  t.false(hasFilter(world(aMapping('default/a'))));
  t.true(hasFilter(world(aMapping('default/a', { error_response_overrides: [text('own')] }))));
});

const lacks = test.macro({
  exec(t, body: Fields, ...lines: readonly string[]) {
    const all = world(
      aMapping('default/a', { error_response_overrides: [text('kept'), page(503, body)] }),
      aModule({ error_response_overrides: [page(503, body)] }),
    );
    t.deepEqual(pagesOf(all), [inText('kept')]);
    t.deepEqual(
      problemLines(all).toSorted(),
      lines.flatMap((line) => [
        `Mapping default/a: spec.error_response_overrides[1].body${line}`,
        `Module default/ambassador: spec.config.error_response_overrides[0].body${line}`,
      ]),
    );
  },
  title: (name = '') => `a page is left out, and said: ${name}`,
});

test(
  'from a file, which could hold a key',
  lacks,
  { text_format_source: { filename: '/etc/passwd' } },
  '.text_format_source: expected text_format or json_format, as no file is read; the error stays as it is, got a file',
);
test(
  'without any text',
  lacks,
  {},
  ': expected text_format or json_format; the error stays as it is, got neither',
);
test(
  'with both',
  lacks,
  { text_format: 'a', json_format: { a: 'b' } },
  ': expected text_format or json_format; the error stays as it is, got both',
);

test('a page with a command that is not allowed is left out, and said', (t) => {
  const all = world(
    aMapping('default/a', {
      error_response_overrides: [page(404, { json_format: { home: '%ENVIRONMENT(HOME)%' } })],
    }),
  );
  t.deepEqual(pagesOf(all), ['none']);
  t.regex(
    problemLines(all).join(),
    /error_response_overrides\[0\]\.body\.json_format\.home: expected text/,
  );
});

import test from 'ava';

import { isCredential, withoutCredentials } from '../../../src/problem/credentials.ts';
import type { Problem } from '../../../src/problem/problem.ts';

const problem = (field: string, got: string): Problem => ({
  ...{ _tag: 'InvalidField', object: 'Mapping default/a', expected: 'another' },
  ...{ field, got },
});

const quotes = test.macro({
  exec(t, field: string, got: string, shown: string) {
    t.deepEqual(withoutCredentials(problem(field, got)), problem(field, shown));
  },
  title: (_, field, got) => `${field}: ${got}`,
});

test(quotes, 'spec.service', '"http://user:pw@host:80"', '"http://user:[redacted]@host:80"');
test(quotes, 'spec.service', '"user:p@ss:w@host"', '"user:[redacted]@host"');
test(quotes, 'spec.service', '"http://user@host"', '"http://user@host"');
test(quotes, 'spec.service', '"web:80:80"', '"web:80:80"');
test(quotes, 'spec.add_request_headers.authorization', '"Basic \\r"', '[redacted]');
test(quotes, 'spec.add_request_headers.X-Api-Key.value', '7', '[redacted]');
test(quotes, 'spec.headers[x.token]', '"abc"', '[redacted]');
test(quotes, 'spec.query_parameters.access_token', '7', '[redacted]');
test(quotes, 'spec.add_request_headers.x-color', '"red\\r"', '"red\\r"');
test(quotes, 'spec.tlsSecret.name', '7', '7');
test(quotes, 'spec.add_request_headers', '[{"cookie":{"value":"a=b"}}]', '[redacted]');
test(quotes, 'spec.headers', '"authorization: Basic aHVudGVyMg=="', '[redacted]');
test(quotes, 'spec.regex_query_parameters', '["token=abc"]', '[redacted]');
test(
  quotes,
  'spec',
  '[{"headers":{"authorization":"Basic aHVudGVyMg==","x-color":"red"}},{"cookie":"a…',
  '[{"headers":{"authorization":"[redacted]","x-color":"red"}},{"cookie":"[redacted]"',
);

test('knows the headers that carry credentials', (t) => {
  for (const name of ['Authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'x-api-key'])
    t.true(isCredential(name), name);
  for (const name of ['accept', 'host', 'x-request-id', 'x-author']) t.false(isCredential(name));
});

test('another problem stays as it is', (t) => {
  const unknown: Problem = { _tag: 'UnknownField', object: 'Mapping default/a', field: 'spec.x' };
  t.is(withoutCredentials(unknown), unknown);
});

import test from 'ava';
import { InvalidArgumentError } from 'commander';

import { accessLog } from '../../../src/cli/access-log-argument.ts';
import { defaultFields, defaultLog, emissaryLog } from '../../../src/ir/access-log/access-log.ts';

test('the formats that have names', (t) => {
  t.is(accessLog('off'), 'off');
  t.is(accessLog('json'), defaultLog);
  t.is(accessLog(' emissary '), emissaryLog);
});

test('a line of text is taken as it is', (t) => {
  t.deepEqual(accessLog('%PROTOCOL% 100%%'), { _tag: 'Text', line: '%PROTOCOL% 100%%' });
});

test('fields are added, replaced and left out', (t) => {
  const { user_agent: _, ...others } = defaultFields;
  t.deepEqual(
    accessLog('{"tenant": "%REQ(X-TENANT)%", "path": "%PATH(WQ)%", "user_agent": null}'),
    {
      _tag: 'Json',
      fields: { ...others, tenant: '%REQ(X-TENANT)%', path: '%PATH(WQ)%' },
    },
  );
  t.deepEqual(accessLog('{"user_agent": ""}'), { _tag: 'Json', fields: others });
});

const refuses = test.macro<[text: string, message: RegExp]>({
  exec(t, text, message) {
    t.throws(() => accessLog(text), { instanceOf: InvalidArgumentError, message });
  },
  title: (_, text) => `refuses ${text}`,
});

test(refuses, '', /^expected off, json, emissary, /);
test(refuses, 'JSON', /^expected off, json, emissary, /);
test(refuses, '{"a": "%PROTOCOL%"', /^expected a JSON object of fields: /);
test(refuses, '{"a": 1}', /^expected a text with commands, or null to leave it out, in "a"\.$/);
test(refuses, '{"a b": "%PROTOCOL%"}', /^expected names of .*, found "a b"\.$/);
test(refuses, '{"a": "%ENVIRONMENT(HOME)%"}', /^"a" holds %ENVIRONMENT\(HOME\)%, which /);
test(refuses, 'to %UPSTREAM_NOBODY%', /^it holds %UPSTREAM_NOBODY%, which /);
test(refuses, 'a\n%PROTOCOL%', /^it holds a control character; /);
test(
  refuses,
  JSON.stringify(Object.fromEntries(Object.keys(defaultFields).map((name) => [name, null]))),
  /^expected at least one field to be left\.$/,
);

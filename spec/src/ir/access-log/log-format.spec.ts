import test from 'ava';

import { defaultFields, emissaryLog } from '../../../../src/ir/access-log/access-log.ts';
import { logFormatFault } from '../../../../src/ir/access-log/log-format.ts';

for (const format of [
  ...Object.values(defaultFields),
  emissaryLog.line,
  'no command',
  '100%%',
  '%REQ(X-A?:PATH):20%%RESP(b)%',
  '%TRAILER(grpc-status)%',
  '%START_TIME(%Y-%m-%dT%H:%M:%S.%3fZ)%',
  '%PATH(WQ:ORIG)%',
])
  test(`the format ${format} is taken`, (t) => {
    t.is(logFormatFault(format), undefined);
  });

for (const [format, named] of [
  ['%', '%'],
  ['%%%', '%'],
  ['a%PROTOCOL', '%PROTOCOL'],
  ['%protocol%', '%protocol%'],
  ['%NOTHING%', '%NOTHING%'],
  ['%ENVIRONMENT(HOME)%', '%ENVIRONMENT(HOME)%'],
  ['%FILE_CONTENT(/etc/passwd)%', '%FILE_CONTENT(/etc/passwd)%'],
  ['%DYNAMIC_METADATA(a:b)%', '%DYNAMIC_METADATA(a:b)%'],
  ['%CEL(request.headers)%', '%CEL(request.headers)%'],
  ['%PATH(ALL)%', '%PATH(ALL)%'],
  ['%REQ()%', '%REQ()%'],
  ['%START_TIME(%n)%', '%START_TIME(%'],
] as const)
  test(`the format ${format} holds ${named}`, (t) => {
    t.is(logFormatFault(format), `holds ${named}, which is no command that is taken`);
  });

test('a line is one line', (t) => {
  for (const text of ['a\nb', 'a\rb', 'a\0b', 'a\u0085b'])
    t.is(logFormatFault(text), 'holds a control character', JSON.stringify(text));
});

test('a long text takes no longer than its length asks for', (t) => {
  for (const part of ['%', '%REQ(', '%START_TIME(%', '%PATH(NQ:', 'A'])
    t.notThrows(() => logFormatFault(part.repeat(100_000)), part);
});

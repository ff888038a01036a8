import test from 'ava';

import {
  aHost,
  aListener,
  aMapping,
  problemLines,
  translated,
} from '../../../../_support/world/builders.ts';

const host = aHost('default/all');
const to = (service: string) => aMapping('default/back', { service });

test('a Mapping to a Listener of the gateway itself is noted, by address and by name', (t) => {
  for (const service of ['127.0.0.1:8080', 'localhost:8080', '[::1]:8080', 'https://0.0.0.0:8080'])
    t.deepEqual(problemLines(translated(aListener(), host, to(service))), [
      'Mapping default/back: spec.service: port 8080 of this machine is that of Listener default/http: a request comes back to this gateway, as often as it matches again',
    ]);
});

test('it is routed all the same', (t) => {
  t.is(translated(aListener(), host, to('127.0.0.1:8080')).ir.clusters.size, 1);
});

test('another port and another machine are not noted', (t) => {
  for (const service of ['127.0.0.1:8081', '10.0.0.1:8080', 'web:8080'])
    t.deepEqual(problemLines(translated(aListener(), host, to(service))), [], service);
});

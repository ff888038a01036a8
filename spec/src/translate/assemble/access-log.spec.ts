import test from 'ava';

import { values } from '../../../../src/collection/collection.ts';
import { atOnce } from '../../../../src/collection/work.ts';
import { emissaryLog } from '../../../../src/ir/access-log/access-log.ts';
import { emissary } from '../../../../src/translate/emissary/emissary.ts';
import { translateLanguages } from '../../../../src/translate/translate.ts';
import { aHost, aListener, aMapping, storeOf } from '../../../_support/world/builders.ts';
import { plain } from '../../../_support/world/language/a-plain-language.ts';
import { aPlainService } from '../../../_support/world/language/plain-services.ts';

const languages = [emissary({ ambassadorId: 'default', namespace: 'default' }), plain];
const store = storeOf(
  aListener('default/http', { port: 8080 }),
  aHost('default/all', { hostname: '*' }),
  aMapping('default/web'),
  aPlainService({ name: 'tcp', port: 9000, domain: '*', serves: 'TCP' }),
  aPlainService({ name: 'udp', port: 9000, domain: '*', serves: 'UDP' }),
);

const logs = (options: Parameters<typeof translateLanguages>[1]) =>
  [...values(atOnce(translateLanguages(languages, options))(undefined, store).ir.listeners)]
    .map(({ name, accessLog }) => [name, accessLog] as const)
    .sort();

test('all languages have the same access log, but for datagrams', (t) => {
  t.deepEqual(logs({ accessLog: emissaryLog }), [
    ['listener-8080', emissaryLog],
    ['listener-9000', emissaryLog],
    ['listener-9000-udp', undefined],
  ]);
});

test('without one nothing is written down', (t) => {
  for (const options of [{}, { accessLog: 'off' } as const])
    t.deepEqual(
      logs(options).map(([, log]) => log),
      [undefined, undefined, undefined],
    );
});

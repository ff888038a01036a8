import test from 'ava';

import { get } from '../../../../src/collection/collection.ts';
import { atOnce } from '../../../../src/collection/work.ts';
import { emissary } from '../../../../src/translate/emissary/emissary.ts';
import { translateLanguages } from '../../../../src/translate/translate.ts';
import { silent } from '../../../_support/world/language/a-silent-language.ts';
import { aSecret } from '../../../_support/world/a-secret.ts';
import {
  aHost,
  aListener,
  aMapping,
  routesOf,
  showRoute,
  storeOf,
} from '../../../_support/world/builders.ts';
import { aPlainService } from '../../../_support/world/language/plain-services.ts';

test('a domain without routes stays without, and is misdirected only on connections for others', (t) => {
  const translation = atOnce(
    translateLanguages([emissary({ ambassadorId: 'default', namespace: 'default' }), silent]),
  )(
    undefined,
    storeOf(
      aListener('default/https', { port: 8443, protocol: 'HTTPS' }),
      aSecret('default/cert'),
      aHost('default/wide', { hostname: '*.example', tlsSecret: { name: 'cert' } }),
      aMapping('default/all', { hostname: '*.example' }),
      aPlainService({ name: 'a', port: 8443, domain: 'a.example', serves: 'TLS' }),
    ),
  );
  t.deepEqual(
    get(translation.ir.virtualHosts, 'listener-8443/tls/a.example a.example')?.routes,
    [],
  );
  t.deepEqual(routesOf(translation, '*', 'listener-8443/tls/a.example').map(showRoute), [
    '/ → 421',
  ]);
  t.deepEqual(routesOf(translation, 'a.example', 'listener-8443/tls/*.example').map(showRoute), [
    '/ → 421',
  ]);
});

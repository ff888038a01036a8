import test from 'ava';

import { get, values } from '../../../src/collection/collection.ts';
import { atOnce } from '../../../src/collection/work.ts';
import { showProblem } from '../../../src/problem/show-problem.ts';
import type { Language } from '../../../src/translate/contribution/language.ts';
import { emissary } from '../../../src/translate/emissary/emissary.ts';
import { translateLanguages } from '../../../src/translate/translate.ts';
import { plain } from '../../_support/world/language/a-plain-language.ts';
import { silent } from '../../_support/world/language/a-silent-language.ts';
import { aSecret } from '../../_support/world/a-secret.ts';
import {
  aHost,
  aListener,
  aMapping,
  createdIn,
  problemLines,
  storeOf,
  type Manifest,
} from '../../_support/world/builders.ts';
import { aPlainService } from '../../_support/world/language/plain-services.ts';

const ours = emissary({ ambassadorId: 'default', namespace: 'default' });

const translatedBy = (languages: readonly Language[]) => atOnce(translateLanguages(languages));

/** What Emissary's language is given in these specs. */
const shop: readonly [Manifest, Manifest, Manifest] = [
  aListener('default/http'),
  aHost('default/shop', { hostname: 'a.example' }),
  aMapping('default/shop', { hostname: 'a.example', prefix: '/shop/' }),
];

const bare = aPlainService({ name: 'a', port: 8080, domain: 'b.example', serves: 'TCP' });

test('a port that cannot be shared is that of the first language, and the other is told', (t) => {
  const store = storeOf(...shop, bare);
  const first = translatedBy([ours, plain])(undefined, store);
  t.deepEqual(get(first.ir.listeners, 'listener-8080')?.from, ['Listener default/http']);
  t.deepEqual(problemLines(first), [
    'Service plain/a: spec.ports: port 8080 is claimed by both; Listener default/http wins',
  ]);

  const last = translatedBy([plain, ours])(undefined, store);
  t.deepEqual(get(last.ir.listeners, 'listener-8080')?.from, ['Service plain/a']);
  t.deepEqual(
    problemLines(last).filter((line) => line.startsWith('Listener')),
    ['Listener default/http: spec.port: port 8080 is claimed by both; Service plain/a wins'],
  );
});

test('a port that cannot be shared is that of the older object', (t) => {
  const [listener, ...others] = shop;
  const { ir, problems } = translatedBy([plain, ours])(
    undefined,
    storeOf(createdIn(2024, listener), ...others, bare),
  );
  t.deepEqual(get(ir.listeners, 'listener-8080')?.from, ['Listener default/http']);
  t.deepEqual(get(problems, 'Service plain/a')?.map(showProblem), [
    'Service plain/a: spec.ports: port 8080 is claimed by both; Listener default/http wins',
  ]);
});

test('a port on which two languages serve HTTP is of both, whoever comes first', (t) => {
  const service = aPlainService({ name: 'a', port: 8080, domain: 'b.example' });
  for (const [languages, from] of [
    [
      [ours, plain],
      ['Listener default/http', 'Service plain/a'],
    ],
    [
      [plain, ours],
      ['Service plain/a', 'Listener default/http'],
    ],
  ] as const) {
    const translation = translatedBy(languages)(undefined, storeOf(...shop, service));
    t.deepEqual(get(translation.ir.listeners, 'listener-8080')?.from, from);
    t.deepEqual(problemLines(translation), []);
    for (const domain of ['a.example', 'b.example'])
      t.is(
        get(translation.ir.virtualHosts, `listener-8080/cleartext ${domain}`)?.routes.length,
        1,
        domain,
      );
  }
});

test('who shares a port is told where it is not as it is asked for', (t) => {
  const [listener, ...others] = shop;
  const behind = { ...listener, spec: { ...Object(listener['spec']), l7Depth: 2 } };
  const translation = translatedBy([ours, plain])(
    undefined,
    storeOf(behind, ...others, aPlainService({ name: 'a', port: 8080, domain: 'b.example' })),
  );
  t.deepEqual(problemLines(translation), [
    'Service plain/a: spec.ports: port 8080 is also that of Listener default/http, which says how many proxies are trusted, how many streams a connection has, and what else is set for HTTP',
  ]);
});

test('a domain that two languages serve has the routes of the first, then those of the other', (t) => {
  const store = storeOf(...shop, aPlainService({ name: 'a', port: 8080, domain: 'a.example' }));
  const { ir, problems } = translatedBy([ours, plain])(undefined, store);
  const host = get(ir.virtualHosts, 'listener-8080/cleartext a.example');
  t.deepEqual(
    host?.routes.map((route) => route.from[0]),
    ['Mapping default/shop', 'Service plain/a'],
  );
  t.deepEqual(host?.from, ['Host default/shop', 'Service plain/a']);
  t.deepEqual((get(problems, 'Service plain/a') ?? []).map(showProblem), [
    'Service plain/a: a.example on listener-8080/cleartext is also served by Host default/shop, whose routes are tried first',
  ]);
});

test('a domain that two languages serve has the routes of the older object first', (t) => {
  const [listener, host, mapping] = shop;
  const store = storeOf(
    createdIn(2024, listener),
    createdIn(2024, host),
    mapping,
    aPlainService({ name: 'a', port: 8080, domain: 'a.example' }),
  );
  const { ir } = translatedBy([plain, ours])(undefined, store);
  t.deepEqual(
    get(ir.virtualHosts, 'listener-8080/cleartext a.example')?.routes.map((route) => route.from[0]),
    ['Mapping default/shop', 'Service plain/a'],
  );
});

test('a domain without routes of one language takes none of those of another, and nobody is told', (t) => {
  const [listener, host, mapping] = shop;
  const service = aPlainService({ name: 'a', port: 8080, domain: 'a.example' });
  for (const languages of [
    [ours, silent],
    [silent, ours],
  ]) {
    const { ir, problems } = translatedBy(languages)(
      undefined,
      storeOf(createdIn(2024, listener), host, mapping, service),
    );
    t.deepEqual(
      get(ir.virtualHosts, 'listener-8080/cleartext a.example')?.routes.map(({ name }) => name),
      ['Mapping default/shop'],
    );
    t.deepEqual([...values(problems)].flat(), []);
  }
});

test('a server name that two languages serve is that of the older object, of one age of the first language', (t) => {
  const host = aHost('shop/shop', { hostname: 'a.example', tlsSecret: { name: 'cert' } });
  const served = (languages: readonly Language[], ...objects: readonly Manifest[]) => {
    const translation = translatedBy(languages)(
      undefined,
      storeOf(
        createdIn(2020, aListener('default/https', { port: 8443, protocol: 'HTTPS' })),
        aSecret('default/cert'),
        aSecret('shop/cert'),
        aPlainService({ name: 'a', port: 8443, domain: 'a.example', serves: 'TLS' }),
        ...objects,
      ),
    );
    const tls = get(translation.ir.filterChains, 'listener-8443 tls/a.example')?.tls;
    return {
      certificates: tls?._tag === 'Terminate' ? tls.certificates : [],
      told: problemLines(translation).filter((line) => line.includes('server name')),
    };
  };
  const ofHost: ReturnType<typeof served> = {
    certificates: ['shop/cert'],
    told: [
      'Service plain/a: the server name a.example on listener-8443 is claimed by both; Host shop/shop wins',
    ],
  };
  t.deepEqual(served([ours, plain], host), ofHost);
  t.deepEqual(served([plain, ours], host), {
    certificates: ['default/cert'],
    told: [
      'Host shop/shop: the server name a.example on listener-8443 is claimed by both; Service plain/a wins',
    ],
  });
  t.deepEqual(served([plain, ours], createdIn(2024, host)), ofHost);
});

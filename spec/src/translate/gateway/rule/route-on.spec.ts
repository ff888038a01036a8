import test from 'ava';

import type { Redirect } from '../../../../../src/ir/route.ts';
import { routeOn } from '../../../../../src/translate/gateway/rule/route-on.ts';
import { routesOf, rulesOf } from '../../../../_support/gateway/compiled-rules.ts';
import { anHttpRoute } from '../../../../_support/world/gateway-api/builders.ts';

const redirecting = (requestRedirect: object) =>
  rulesOf([
    anHttpRoute('default/r', {
      rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect }] }],
    }),
  ]);

test('a redirect says what the filter says', (t) => {
  const [first] = routesOf(
    redirecting({
      scheme: 'https',
      hostname: 'b.example',
      port: 8443,
      statusCode: 308,
      path: { type: 'ReplaceFullPath', replaceFullPath: '/new' },
    }),
  );
  t.deepEqual(first?.action, {
    _tag: 'Redirect',
    scheme: 'https',
    host: 'b.example',
    port: 8443,
    path: { _tag: 'Full', value: '/new' },
    code: 308,
  });
});

test('a redirect without a status is a 302', (t) => {
  t.like(routesOf(redirecting({ hostname: 'b.example' }))[0]?.action, { code: 302 });
});

const goesTo = test.macro({
  exec(
    t,
    redirect: object,
    on: { readonly port: number; readonly protocol: 'HTTP' | 'HTTPS'; readonly domain?: string },
    expected: Partial<Redirect>,
  ) {
    const [compiled] = redirecting(redirect).routes;
    const { action } = compiled === undefined ? {} : routeOn(compiled, { domain: '*', ...on });
    const { scheme, host, port } = action?._tag === 'Redirect' ? action : {};
    t.deepEqual(
      { scheme, host, port },
      { scheme: undefined, host: undefined, port: undefined, ...expected },
    );
  },
  title: (name = '') => `a redirect ${name}`,
});

const b = { hostname: 'b.example' };
const host = 'b.example';

test('on port 80 names no port', goesTo, b, { port: 80, protocol: 'HTTP' }, { host });
test('on another port names it', goesTo, b, { port: 8080, protocol: 'HTTP' }, { host, port: 8080 });
test('on port 443 with TLS names no port', goesTo, b, { port: 443, protocol: 'HTTPS' }, { host });
test(
  'on port 443 without TLS names it',
  goesTo,
  b,
  { port: 443, protocol: 'HTTP' },
  { host, port: 443 },
);
test(
  'to a scheme goes to its port, which is not named',
  goesTo,
  { ...b, scheme: 'https' },
  { port: 8080, protocol: 'HTTP' },
  { host, scheme: 'https' },
);
test(
  'to the usual port of its scheme does not name it',
  goesTo,
  { ...b, scheme: 'https', port: 443 },
  { port: 80, protocol: 'HTTP' },
  { host, scheme: 'https' },
);
test(
  'to the usual port of the listener does not name it',
  goesTo,
  { ...b, port: 80 },
  { port: 8080, protocol: 'HTTP' },
  { host },
);
test(
  'to another port names it',
  goesTo,
  { port: 8080 },
  { port: 80, protocol: 'HTTP' },
  { port: 8080 },
);
test(
  'to a scheme keeps the host as the client wrote it',
  goesTo,
  { scheme: 'https' },
  { port: 80, protocol: 'HTTP' },
  { scheme: 'https' },
);
test(
  'from an unusual port says the host, so that its port is gone',
  goesTo,
  { scheme: 'https' },
  { port: 8080, protocol: 'HTTP', domain: 'a.example' },
  { scheme: 'https', host: 'a.example' },
);
test(
  'from an unusual port for many hosts has to name the usual one',
  goesTo,
  { scheme: 'https' },
  { port: 8080, protocol: 'HTTP', domain: '*.example' },
  { scheme: 'https', port: 443 },
);

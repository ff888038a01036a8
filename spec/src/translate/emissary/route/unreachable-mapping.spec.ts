import test from 'ava';

import {
  aHost,
  aListener,
  aMapping,
  problemLines,
  step,
  storeOf,
  translated,
  type Manifest,
} from '../../../../_support/world/builders.ts';

const refusing = aHost('default/a', {
  hostname: 'a.example',
  tlsSecret: { name: 'absent' },
  requestPolicy: { insecure: { action: 'Redirect' } },
});

const told = (...objects: readonly Manifest[]): readonly string[] =>
  toldIn(translated(https, ...objects));

const toldIn = (translation: ReturnType<typeof translated>): readonly string[] =>
  problemLines(translation).filter((line) => line.startsWith('Mapping'));

const https = aListener('default/https', { port: 8443, protocol: 'HTTPS' });
const mapping = aMapping('default/web', { hostname: 'a.example' });

const saysSo =
  'Mapping default/web: not served, because Host default/a refuses handshakes and routes nothing in cleartext; its own problem says why';

test('a Mapping whose only Host refuses handshakes says so', (t) => {
  t.deepEqual(told(refusing, mapping), [saysSo]);
  const inside = aMapping('default/web', { hostname: 'shop.a.example' });
  const wildcard = { ...refusing, spec: { ...(refusing['spec'] as object), hostname: '*' } };
  t.deepEqual(told(wildcard, inside), [saysSo], 'also one with a virtual host of its own');
});

test('nothing is said where some requests are routed', (t) => {
  const other = aHost('default/b', { hostname: 'b.example' });
  t.deepEqual(told(refusing, other, aMapping('default/web')), [], 'by another Host');
  const routing = aHost('default/a', { hostname: 'a.example', tlsSecret: { name: 'absent' } });
  t.deepEqual(told(routing, mapping), [], 'in cleartext');
  const secure = aListener('default/https', { securityModel: 'SECURE' });
  t.deepEqual(told(secure, refusing, mapping), [], 'because a Listener takes all for secure');
  const proxied = aListener('default/https', { l7Depth: 1 });
  t.deepEqual(told(proxied, refusing, mapping), [], 'because a proxy in front may say https');
  const challenge = aMapping('default/acme', { prefix: '/.well-known/acme-challenge/' });
  t.deepEqual(told(refusing, challenge), [], 'because a certificate authority asks in cleartext');
});

test('it is gone with its cause', (t) => {
  const before = translated(https, refusing, mapping);
  const mended = aHost('default/a', { hostname: 'a.example' });
  t.deepEqual(toldIn(step(before, storeOf(https, mended, mapping))), []);
});

import test from 'ava';

import { AlpnProtocols, CipherSuites, EcdhCurves } from '../../../../src/kube/codec/tls-names.ts';

const [a, b] = ['ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384'];

const suites = test.macro({
  exec(t, entries: readonly string[], isRead: boolean) {
    t.is(CipherSuites.is(entries), isRead);
  },
  title: (_, entries, isRead) => `cipher_suites ${isRead ? '' : 'not '}read: ${String(entries)}`,
});

test(suites, [], true);
test(suites, [a, b], true);
test(suites, [`${a}:${b}`], true);
test(suites, [`[${a}|${b}]`, 'TLS_RSA_WITH_AES_128_CBC_SHA'], true);
test(suites, ['ECDHE+AES128', '!SHA', '-kRSA', '+AES', '@STRENGTH'], true);
test(suites, ['TLS_AES_128_GCM_SHA256', 'ALL'], true);
test(suites, ['!ECDHE+AES:ALL'], true);
test(suites, ['TLS_AES_128_GCM_SHA256'], false);
test(suites, ['!SHA'], false);
test(suites, [a, 'NOT-A-CIPHER'], false);
test(suites, [a.toLowerCase()], false);
test(suites, [a, '!NULL'], false);
test(suites, [`${a} ${b}`], false);
test(suites, [`${a},${b}`], false);
test(suites, [`[${a}`, `${b}]`], false);
test(suites, [`[${a}|!${b}]`], false);
test(suites, [`ECDHE+${a}`], false);
test(suites, [`[${a}|${b}]`, '!SHA'], false);
test(suites, [a, ''], false);

const curves = test.macro({
  exec(t, entries: readonly string[], isRead: boolean) {
    t.is(EcdhCurves.is(entries), isRead);
  },
  title: (_, entries, isRead) => `ecdh_curves ${isRead ? '' : 'not '}read: ${String(entries)}`,
});

test(curves, [], true);
test(curves, ['X25519', 'P-256', 'secp384r1'], true);
test(curves, ['nowhere'], false);
test(curves, ['P-256', 'P-256'], false);
test(curves, ['P-256', 'prime256v1'], false);

test('alpn_protocols has no name that is too long for a handshake', (t) => {
  t.true(AlpnProtocols.is('h2,http/1.1'));
  t.true(AlpnProtocols.is('a'.repeat(253)));
  t.false(AlpnProtocols.is('a'.repeat(256)));
  t.false(AlpnProtocols.is('é'.repeat(128)));
});

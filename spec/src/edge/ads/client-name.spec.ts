import type { PeerCertificate } from 'node:tls';

import test from 'ava';

import { clientName } from '../../../../src/edge/ads/client-name.ts';

const isCalled = test.macro({
  exec(t, subjectaltname: string | undefined, subject: object, name: string) {
    t.is(clientName({ subject, subjectaltname } as PeerCertificate), name);
  },
  title: (_, alternatives, subject, name) =>
    `${alternatives ?? 'no alternative names'} of ${JSON.stringify(subject)} is ${name}`,
});

test(isCalled, 'DNS:a.example, URI:spiffe://b/c', { CN: 'd' }, 'spiffe://b/c');
test(isCalled, 'IP Address:127.0.0.1, DNS:a.example', { CN: 'd' }, 'a.example');
test(isCalled, undefined, { CN: 'd' }, 'd');
test(isCalled, undefined, { CN: ['d', 'e'] }, '(no name)');
test(isCalled, undefined, {}, '(no name)');

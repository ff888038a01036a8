import test from 'ava';

import { from } from '../../../../src/collection/collection.ts';
import {
  certificateFor,
  noServerName,
  type ServedCertificate,
  type ServedCertificates,
} from '../../../../src/xds/certificate/served-certificate.ts';
import { tlsSecret } from '../../../../src/xds/certificate/tls-secret.ts';
import { decode } from '../../../../src/xds/message/encode.ts';
import { aSecret } from '../../../_support/world/an-ir.ts';

const secretOf = (content: string): ServedCertificate => ({
  resource: tlsSecret(aSecret({ certificateChain: content })),
});

const certificates: ServedCertificates = from([
  ['a.example', secretOf('exact')],
  ['*.example', secretOf('wide')],
  ['*.b.example', secretOf('wider')],
  ['refused.example', {}],
  ['*', secretOf('any')],
]);

/** What is served for a name, or whether it is refused. */
const served = (name: string, among = certificates): string | undefined => {
  const found = certificateFor(among, name);
  if (found === undefined || found === 'refused') return found;
  const secret = decode('envoy.extensions.transport_sockets.tls.v3.Secret', found.bytes);
  return secret.name === name && found.name === name
    ? secret.tls_certificate?.certificate_chain?.inline_string
    : 'another name';
};

const serves = test.macro({
  exec: (t, name: string, expected: string | undefined) => t.is(served(name), expected),
  title: (_, name, expected) => `${JSON.stringify(name)} is served ${expected}`,
});

test(serves, 'a.example', 'exact');
test(serves, 'A.Example', 'exact');
test(serves, 'c.example', 'wide');
test(serves, 'c.d.example', 'wide');
test(serves, 'c.b.example', 'wider');
test(serves, 'refused.example', 'refused');
test(serves, 'x.refused.example', 'wide');
test(serves, 'example', 'any');
test(serves, 'other', 'any');
test(serves, noServerName, 'any');
test(serves, 'demo/cert', undefined);

test('where there is no `*` a client has to name a server that there is', (t) => {
  const among: ServedCertificates = from([['*.example', secretOf('wide')]]);
  t.is(served('other', among), undefined);
  t.is(served('example', among), undefined);
  t.is(served(noServerName, among), undefined);
});

test('a version says the name and the content', (t) => {
  const version = (name: string, content: string) => {
    const found = certificateFor(from([['*.example', secretOf(content)]]), name);
    return found === 'refused' ? undefined : found?.version;
  };
  t.is(version('a.example', '1'), version('a.example', '1'));
  t.not(version('a.example', '1'), version('a.example', '2'));
  t.not(version('a.example', '1'), version('b.example', '1'));
});

import test from 'ava';

import { Sensitive } from '../../../../src/ir/sensitive.ts';
import { tlsSecret } from '../../../../src/xds/certificate/tls-secret.ts';
import { decode } from '../../../../src/xds/message/encode.ts';
import { toJson } from '../../../../src/xds/message/to-json.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { aSecret } from '../../../_support/world/an-ir.ts';

test('a certificate goes out with its private key', (t) => {
  const { bytes } = tlsSecret(aSecret());
  t.deepEqual(decode('envoy.extensions.transport_sockets.tls.v3.Secret', bytes), {
    name: 'demo/cert',
    tls_certificate: {
      certificate_chain: { inline_string: 'certificate' },
      private_key: { inline_string: 'private key' },
    },
  });
});

test('a replayed certificate has no key and the same version', (t) => {
  const replayed = tlsSecret(aSecret({ privateKey: new Sensitive('handle') }));
  t.like(decode('envoy.extensions.transport_sockets.tls.v3.Secret', replayed.bytes), {
    tls_certificate: { private_key: { inline_string: '' } },
  });
  t.is(replayed.version, tlsSecret(aSecret()).version);
});

test('a certificate whose key is lost says so, and has the same version', (t) => {
  const { version, keyless } = tlsSecret(aSecret({ privateKey: new Sensitive('handle').lost() }));
  t.is(keyless, true);
  t.is(version, tlsSecret(aSecret()).version);
  t.is(tlsSecret(aSecret()).keyless, undefined);
});

test('another certificate or another key is another version', (t) => {
  const versions = [
    aSecret(),
    aSecret({ certificateChain: 'other' }),
    aSecret({ privateKey: new Sensitive('other handle', 'private key') }),
  ].map((secret) => tlsSecret(secret).version);
  t.is(new Set(versions).size, 3);
});

test('no private key is shown', (t) => {
  t.deepEqual(toJson(tlsSecret(aSecret())), {
    '@type': TypeUrl.Secret,
    name: 'demo/cert',
    tls_certificate: {
      certificate_chain: { inline_string: 'certificate' },
      private_key: { inline_string: '[redacted]' },
    },
  });
});

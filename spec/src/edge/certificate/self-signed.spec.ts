import { createPrivateKey, X509Certificate } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';

import { selfSigned } from '../../../../src/edge/certificate/self-signed.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

const days = (n: number): number => n * 24 * 60 * 60 * 1000;

test('the certificate is for localhost and belongs to its key', async (t) => {
  const file = join(await tempDir(t), 'fallback.pem');
  const { certificate, privateKey } = await selfSigned(file);

  const parsed = new X509Certificate(certificate);
  t.is(
    parsed.subjectAltName,
    'DNS:localhost, DNS:*.localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
  );
  t.is(parsed.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1');
  t.true(parsed.checkPrivateKey(createPrivateKey(privateKey)));
  t.true(parsed.verify(parsed.publicKey));
  t.false(parsed.ca);
  t.is(statSync(file).mode & 0o777, 0o600);
});

test('it stays the same until it has less than a month left', async (t) => {
  const file = join(await tempDir(t), 'fallback.pem');
  const now = Date.parse('2026-11-23T00:00:00Z');
  const first = await selfSigned(file, new Date(now));

  t.deepEqual(await selfSigned(file, new Date(now + days(330))), first);
  t.notDeepEqual(await selfSigned(file, new Date(now + days(340))), first);
});

test('a file that does not hold a pair is replaced', async (t) => {
  const folder = await tempDir(t);
  const [one, other] = [
    await selfSigned(join(folder, 'a.pem')),
    await selfSigned(join(folder, 'b.pem')),
  ];
  writeFileSync(join(folder, 'a.pem'), one.certificate + other.privateKey);

  const made = await selfSigned(join(folder, 'a.pem'));
  t.true(new X509Certificate(made.certificate).checkPrivateKey(createPrivateKey(made.privateKey)));
});

import test from 'ava';

import { trustSecret } from '../../../../src/xds/certificate/trust-secret.ts';
import { toJson } from '../../../../src/xds/message/to-json.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { aTrustBundle } from '../../../_support/world/an-ir.ts';

test('a trust bundle goes out as the authorities that certificates have to come from', (t) => {
  t.deepEqual(toJson(trustSecret(aTrustBundle())), {
    '@type': TypeUrl.Secret,
    name: 'trust://demo/ca',
    validation_context: { trusted_ca: { inline_string: 'authorities' } },
  });
});

test('what the authorities have revoked goes with it', (t) => {
  t.like(toJson(trustSecret(aTrustBundle({ revocations: 'revoked' }))), {
    validation_context: { crl: { inline_string: 'revoked' } },
  });
});

test('other authorities or revocations are another version, another origin is none', (t) => {
  const versions = [
    aTrustBundle(),
    aTrustBundle({ from: ['Secret demo/ca'] }),
    aTrustBundle({ authorities: 'others' }),
    aTrustBundle({ revocations: 'revoked' }),
  ].map((bundle) => trustSecret(bundle).version);
  t.is(new Set(versions).size, 3);
});

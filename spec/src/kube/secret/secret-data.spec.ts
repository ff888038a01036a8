import test from 'ava';

import { whyNoCertificate } from '../../../../src/kube/secret/secret-data.ts';

test('a type that holds no certificate is shown in one line, and not all of a long one', (t) => {
  t.is(
    whyNoCertificate({ type: 'example.com/a\nb' }),
    'is of type "example.com/a\\nb", which holds no certificate; expected kubernetes.io/tls',
  );
  t.true(whyNoCertificate({ type: 'x'.repeat(1_000_000) }).length < 200);
});

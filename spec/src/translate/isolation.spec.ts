import test from 'ava';

import { mayRefer } from '../../../src/translate/isolation.ts';
import type { TranslateOptions } from '../../../src/translate/translate-options.ts';

const options: TranslateOptions = {
  ambassadorId: 'default',
  namespace: 'headgate',
  trustedNamespaces: ['edge'],
  referenceGrants: [
    { from: 'shop', to: 'certs' },
    { from: '*', to: 'common' },
    { from: 'auditor', to: '*' },
  ],
};

const refers = test.macro({
  exec(t, isolation: boolean, reference: string, expected: boolean) {
    const [from = '', to = ''] = reference.split(' → ');
    t.is(mayRefer({ ...options, isolation })(from, to), expected);
  },
  title: (_, isolation: boolean, reference: string, expected: boolean) =>
    `${isolation ? 'isolated: ' : ''}${reference} ${expected ? 'is allowed' : 'is not allowed'}`,
});

test(refers, false, 'blog → shop', true);
test(refers, true, 'blog → shop', false);
test(refers, true, 'blog → blog', true);
test(refers, true, 'headgate → shop', true);
test(refers, true, 'edge → shop', true);
test(refers, true, 'blog → headgate', false);
test(refers, true, 'blog → edge', false);
test(refers, true, 'shop → certs', true);
test(refers, true, 'certs → shop', false);
test(refers, true, 'blog → certs', false);
test(refers, true, 'blog → common', true);
test(refers, true, 'auditor → shop', true);

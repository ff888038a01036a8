import test from 'ava';

import { decode } from '../../../../src/kube/decode.ts';
import { Secret } from '../../../../src/kube/core/secret.ts';
import { certificateNames, unfitNames } from '../../../../src/kube/secret/certificate-names.ts';
import { describeProblem } from '../../../../src/problem/show-problem.ts';
import { datedSecret } from '../../../_support/world/certificate/dated-secret.ts';

const said = (names: readonly string[], hostname: string): readonly string[] =>
  unfitNames('Host default/a', 'spec.tlsSecret', 'default/cert', names, hostname).map(
    describeProblem,
  );

/** Whether a certificate for some names fits a hostname. */
const fits = test.macro({
  exec(t, names: readonly string[], hostname: string, expected: boolean) {
    t.is(said(names, hostname).length === 0, expected);
  },
  title: (_, names: readonly string[], hostname: string, expected: boolean) =>
    `a certificate for ${names.join(', ') || 'nothing'} ${expected ? 'fits' : 'does not fit'} ${hostname}`,
});

test(fits, ['a.example'], 'a.example', true);
test(fits, ['b.example', 'a.example'], 'a.example', true);
test(fits, ['a.example'], 'b.example', false);
test(fits, ['*.example'], 'a.example', true);
test(fits, ['*.example'], 'a.b.example', false);
test(fits, ['*.example'], 'example', false);
test(fits, ['*.a.example'], '*.a.example', true);
test(fits, ['x.a.example'], '*.a.example', true);
test(fits, ['*.x.a.example'], '*.a.example', true);
test(fits, ['a.example'], '*.a.example', false);
test(fits, ['*.example'], '*.a.example', false);
test(fits, ['*.ba.example'], '*.a.example', false);
test(fits, [], 'a.example', false);
test(fits, [], '*', true);
test(fits, ['a.example'], '*', true);
test(fits, ['a.example'], '10.0.0.1', true);
test(fits, ['a.example'], '[::1]', true);

test('the first names are said, and how many more there are', (t) => {
  t.deepEqual(said(['1', '2', '3', '4', '5', '6', '7'], 'a.example'), [
    'the certificate of Secret default/cert is for 1, 2, 3, 4, 5 and 2 more; expected one for a.example, so clients that check names refuse it',
  ]);
  t.deepEqual(said([], 'a.example'), [
    'the certificate of Secret default/cert is for no DNS name; expected one for a.example, so clients that check names refuse it',
  ]);
});

const namesOf = async (...names: readonly [string, ...string[]]): Promise<readonly string[]> => {
  const dates = [new Date('2030-01-01T00:00:00Z'), new Date('2031-01-01T00:00:00Z')] as const;
  const decoded = decode(await datedSecret('default/cert', dates, ...names));
  const secret = decoded._tag === 'Decoded' ? decoded.item.object : undefined;
  if (!Secret.is(secret)) throw new Error('expected a Secret');
  return certificateNames(secret);
};

test('attack: what cannot be a name in DNS is no name of a certificate, and hides none', async (t) => {
  t.deepEqual(await namesOf('*.a.example', 'A.example'), ['*.a.example', 'a.example']);
  const tooLong = `${'x'.repeat(20_000)}.example`;
  t.deepEqual(await namesOf('a.example', tooLong, 'b example', 'c\nd'), ['a.example']);
  t.deepEqual(await namesOf('a, DNS:b.example, "', 'a"DNS:b.example,'), []);
});

import test from 'ava';

import { decode } from '../../../../src/kube/decode.ts';
import { aMapping } from '../../../_support/world/builders.ts';

test('attack: of very many fields without effect, few are compared with those that may be meant', (t) => {
  const fields = Array.from({ length: 1000 }, (_, i) => [`timeout_m${i}`, 1]);
  const decoded = decode(aMapping('shop/web', Object.fromEntries(fields)));
  if (decoded._tag !== 'Decoded') return t.fail(decoded._tag);
  const { problems } = decoded.item;
  t.is(problems.length, 1000);
  const compared = problems.findLastIndex((problem) => 'nearest' in problem);
  t.true(compared >= 0 && compared < 100, `${compared}`);
});

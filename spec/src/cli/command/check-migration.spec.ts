import test from 'ava';

import { headgate } from '../../../_support/process/headgate.ts';
import { host, listener, mapping } from '../../../_support/world/manifests.ts';

test('check --migration prints what becomes of each object, and how many simply work', async (t) => {
  const stdin = `${listener}${host}${mapping('shop', ', timeout: 3')}`;
  const { code, stdout } = await headgate(['check', '--migration', '-'], { stdin });

  t.is(code, 1);
  t.is(
    stdout,
    'ignored            Mapping default/shop  spec.timeout: no such field; it has no effect; did you mean timeout_ms?\nworks: 1 Host, 1 Listener\n',
  );
});

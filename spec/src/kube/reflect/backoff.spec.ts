import test from 'ava';

import { ApiFault } from '../../../../src/kube/reflect/api-fault.ts';
import type { Observed } from '../../../../src/kube/reflect/observed.ts';
import { step } from '../../../../src/kube/reflect/reflect.ts';
import { opening, type Reflection } from '../../../../src/kube/reflect/reflection.ts';

const cut = new ApiFault('cut');

test('a server that works between failures is asked again within two seconds, however often it fails', (t) => {
  const waits: number[] = [];
  let now = 0;
  let reflection: Reflection = { ...opening, attempt: 'Watch', resourceVersion: '5' };
  const observed = (event: Observed<never>): void => {
    now += reflection.delay + 10;
    reflection = step(reflection, event, { now, roll: 0.999 }).reflection;
    waits.push(reflection.delay);
  };
  for (let i = 0; i < 20; i += 1) {
    observed({ _tag: 'Opened' });
    observed({ _tag: 'Failed', fault: cut });
    observed({ _tag: 'Confirmed', resourceVersion: '5' });
    if (reflection.attempt === 'StreamingList')
      observed({ _tag: 'Listed', items: [], resourceVersion: '5' });
  }

  t.true(Math.max(...waits) > 1500);
  t.true(Math.max(...waits) <= 2000);
});

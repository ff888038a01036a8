import test from 'ava';

import type { HttpOptions } from '../../../../src/ir/http-options.ts';
import { reachable } from '../../../../src/xds/listener/reachable.ts';
import { aChain, requestsOf } from '../../../_support/world/an-ir.ts';
import { everyLogService, everyTracing } from '../../../_support/world/every-field/telemetry.ts';

const [tracing] = everyTracing;
const [first, second] = everyLogService;

const chain = aChain({
  carries: requestsOf('web', { trustedHops: 1, logServices: everyLogService, tracing }),
});

const optionsWith = (...sent: readonly string[]): HttpOptions | undefined => {
  const { carries } = reachable(chain, (name) => sent.includes(name));
  return carries._tag === 'Http' ? carries.options : undefined;
};

test('a chain whose services can all be reached stays what it is', (t) => {
  t.is(
    reachable(chain, () => true),
    chain,
  );
  const plain = aChain();
  t.is(
    reachable(plain, () => false),
    plain,
  );
});

test('what cannot be reached is left out, and nothing else', (t) => {
  const others = { statPrefix: 'ingress', trustedHops: 1 };
  t.deepEqual(optionsWith('checked'), { ...others, logServices: [first] });
  t.deepEqual(optionsWith('shop'), { ...others, logServices: [second], tracing });
  t.deepEqual(optionsWith(), { ...others, logServices: [] });
});

import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { onlyTo } from '../../../src/ir/backend.ts';
import type { Fraction } from '../../../src/ir/fraction.ts';
import type { Route } from '../../../src/ir/route.ts';
import { askMany } from '../../_support/envoy/ask-many.ts';
import { routesInEnvoy } from '../../_support/envoy/routes-in-envoy.ts';
import { aForward, aRoute } from '../../_support/world/an-ir.ts';

const backend = await startBackend({ name: 'shop', port: 0 });

/** A route for a share of the requests, which tells in `location` that it was taken. */
const share = (path: string, name: string, fraction?: Fraction): Route =>
  aRoute({
    match: {
      ...aRoute().match,
      path: { _tag: 'Exact', value: path, caseSensitive: true },
      ...(fraction !== undefined && { fraction }),
    },
    action: aForward({ backends: onlyTo('shop') }),
    responseHeaders: { add: [{ name: 'location', value: name, append: false }], remove: [] },
  });

const of = (numerator: number, denominator: number): Fraction => ({ numerator, denominator });

const envoy = await routesInEnvoy(
  [
    share('/ends', 'a', of(1, 10)),
    share('/ends', 'b', of(3, 10)),
    share('/ends', 'c', of(6, 10)),
    share('/ends', 'd'),
    share('/thirds', 'a', of(1, 3)),
    share('/thirds', 'b', of(2, 3)),
    share('/thirds', 'c'),
    share('/covered', 'a', of(1, 2)),
    share('/covered', 'b', of(1, 2)),
    share('/covered', 'c'),
  ],
  { shop: backend.port },
);
test.after.always(async () => {
  await Promise.all([envoy.stop(), backend.close()]);
});

const requests = 8000;

/** Within four standard deviations: by chance 1 run in 15,000 is outside. */
const shares = test.macro<[path: string, expected: Readonly<Record<string, number>>]>(
  async (t, path, expected) => {
    t.timeout(120_000);
    const request = `GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`;
    const taken = (await askMany(envoy.port, Array<string>(requests).fill(request))).map(
      ({ location }) => location ?? 'none',
    );
    t.deepEqual([...new Set(taken)].sort(), Object.keys(expected).sort());
    for (const [name, part] of Object.entries(expected)) {
      const count = taken.filter((one) => one === name).length;
      const deviation = Math.sqrt(requests * part * (1 - part));
      t.true(Math.abs(count - requests * part) <= 4 * deviation, `${name}: ${count}`);
    }
  },
);

// One number is drawn for a request, and every fraction is compared with it.
test('routes share requests if each says where, of all shares, its own ends', shares, '/ends', {
  a: 0.1,
  b: 0.2,
  c: 0.3,
  d: 0.4,
});
test('thirds are thirds', shares, '/thirds', { a: 1 / 3, b: 1 / 3, c: 1 / 3 });
test('a fraction of what an earlier route has left over takes nothing', shares, '/covered', {
  a: 0.5,
  c: 0.5,
});

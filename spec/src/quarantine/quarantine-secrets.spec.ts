import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { newQuarantine } from '../../../src/quarantine/quarantine.ts';
import { settle } from '../../_support/envoy/refusing-envoy.ts';
import { holds } from '../../_support/property/property.ts';
import { aSecret } from '../../_support/world/a-secret.ts';
import { aHost, aListener, storeOf } from '../../_support/world/builders.ts';

const https = aListener('default/https', { port: 8443, protocol: 'HTTPS' });

/** A Host with a Secret; what an Envoy refuses is in the name of the Secret. */
const withCertificate = (name: string, i: number) => [
  aHost(`default/h${i}`, { hostname: `h${i}.example`, tlsSecret: { name: `${name}${i}` } }),
  aSecret(`default/${name}${i}`),
];

test('of a Secret and the Host that uses it, both new, the Secret is convicted', (t) => {
  holds(
    t,
    fc.property(
      fc.array(fc.constantFrom('good', 'bad'), { minLength: 1, maxLength: 8 }),
      (names) => {
        const store = storeOf(https, ...names.flatMap(withCertificate));
        const { quarantine, answers } = settle({ quarantine: newQuarantine() }, store, 200);
        assert.ok(answers < 200, 'the trials end');
        assert.deepEqual(
          quarantine.convicted.map(({ object }) => object).toSorted(),
          names.flatMap((name, i) => (name === 'bad' ? [`Secret default/bad${i}`] : [])).toSorted(),
        );
      },
    ),
    { numRuns: 40 },
  );
});

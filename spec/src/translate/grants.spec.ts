import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { get } from '../../../src/collection/collection.ts';
import { atOnce } from '../../../src/collection/work.ts';
import { grantsByNamespace, mayReferTo } from '../../../src/translate/grants.ts';
import { holds } from '../../_support/property/property.ts';
import { storeOf } from '../../_support/world/builders.ts';
import { aGrant } from '../../_support/world/gateway-api/builders.ts';

const group = fc.constantFrom('', 'a.example');
const kind = fc.constantFrom('HTTPRoute', 'Service');
const namespace = fc.constantFrom('one', 'two', 'three');
const name = fc.constantFrom('web', 'cert', '*');

const from = fc.record({ group, kind, namespace });
const to = fc.record({ group, kind, name: fc.option(name, { nil: undefined, freq: 1 }) });

const grant = fc.record({
  namespace,
  from: fc.array(from, { minLength: 1, maxLength: 3 }),
  to: fc.array(to, { minLength: 1, maxLength: 3 }),
});

const referred = fc.record({ group, kind, namespace, name });

test('a grant allows what it says of the objects of its own namespace, to those whom it names, and nothing else', (t) => {
  holds(
    t,
    fc.property(fc.array(grant, { maxLength: 4 }), from, referred, (grants, referrer, target) => {
      const objects = grants.map((one, i) =>
        aGrant(`${one.namespace}/g${i}`, '', { from: one.from, to: one.to }),
      );
      const known = atOnce(grantsByNamespace)(
        undefined,
        storeOf(...objects).objects.ReferenceGrant,
      );
      const isGranted = grants.some(
        (one) =>
          one.namespace === target.namespace &&
          one.from.some(
            (them) =>
              them.group === referrer.group &&
              them.kind === referrer.kind &&
              them.namespace === referrer.namespace,
          ) &&
          one.to.some(
            (it) =>
              it.group === target.group &&
              it.kind === target.kind &&
              (it.name === undefined || it.name === target.name),
          ),
      );
      assert.equal(
        mayReferTo((key) => get(known.output, key), referrer, target),
        referrer.namespace === target.namespace || isGranted,
      );
    }),
  );
});

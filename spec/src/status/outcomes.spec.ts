import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries, get } from '../../../src/collection/collection.ts';
import { atOnce } from '../../../src/collection/work.ts';
import type { ObjectRef } from '../../../src/ir/object-ref.ts';
import { applyAll, emptyStore } from '../../../src/kube/store/object-store.ts';
import type { OutcomeGraph, Translated } from '../../../src/status/outcomes.ts';
import { holds } from '../../_support/property/property.ts';
import { aSecret } from '../../_support/world/a-secret.ts';
import {
  aHost,
  aListener,
  aMapping,
  aService,
  aSlice,
  listed,
  type Manifest,
} from '../../_support/world/builders.ts';
import { eventsOf } from '../../_support/property/happening.ts';
import { someHistory } from '../../_support/world/small-world.ts';
import { outcomes, translatedStore, versioned, world } from '../../_support/world/status-world.ts';

const gateway = [aListener('default/http'), aHost('default/all'), aService('default/web')];

/** As an API server gives it. */
const stored = (object: Manifest): Manifest => ({
  ...object,
  metadata: { ...object.metadata, uid: 'a' },
});

const outcomeOf = (object: ObjectRef, worlds: readonly Translated[]) => {
  let graph: OutcomeGraph | undefined;
  for (const one of worlds) graph = atOnce(outcomes)(graph, one);
  const outcome = graph === undefined ? undefined : get(graph.outcomes.output, object);
  return (
    outcome && {
      serving: outcome.serving,
      generation: outcome.version.generation,
      problems: outcome.problems.map(({ _tag }) => _tag),
    }
  );
};

const becomes = test.macro({
  exec(t, object: ObjectRef, objects: readonly Manifest[], expected: unknown) {
    t.deepEqual(outcomeOf(object, world(objects)), expected as never);
  },
  title: (name = '') => name,
});

const good = { generation: 1, problems: [] };

test(
  'a Mapping that a Host takes is served',
  becomes,
  'Mapping default/a',
  [...gateway, aMapping('default/a')],
  { ...good, serving: 'This' },
);

test(
  'a Mapping that no Host takes is not',
  becomes,
  'Mapping default/a',
  [
    aListener('default/http'),
    aHost('default/b', { hostname: 'b.example' }),
    aMapping('default/a', { hostname: 'a.example' }),
  ],
  { generation: 1, serving: 'Nothing', problems: ['NotAttached'] },
);

test(
  'a Mapping of a Service that is missing is served, with the problem',
  becomes,
  'Mapping default/a',
  [...gateway, aMapping('default/a', { service: 'missing', resolver: 'kubernetes-endpoint' })],
  { ...good, serving: 'This', problems: ['NotFound'] },
);

test('a Host that a Listener takes is served', becomes, 'Host default/all', gateway, {
  ...good,
  serving: 'This',
});

test('a Host without a Listener is not', becomes, 'Host default/a', [aHost('default/a')], {
  generation: 1,
  serving: 'Nothing',
  problems: ['NotAttached'],
});

test('a Listener that opens is served', becomes, 'Listener default/http', gateway, {
  ...good,
  serving: 'This',
});

test(
  'of two Listeners on one port the second is not',
  becomes,
  'Listener default/z',
  [...gateway, aListener('default/z')],
  { generation: 1, serving: 'Nothing', problems: ['Conflict'] },
);

test(
  'what is for another installation has no outcome here',
  becomes,
  'Mapping default/a',
  [...gateway, aMapping('default/a', { ambassador_id: ['other'] })],
  undefined,
);

test(
  'kinds of other groups have none',
  becomes,
  'EndpointSlice default/web-1',
  [...gateway, aSlice('default/web-1', 'web', [])],
  undefined,
);

test(
  'an object that was never good serves nothing',
  becomes,
  'Mapping default/a',
  [...gateway, aMapping('default/a', { prefix: 7 })],
  { generation: 1, serving: 'Nothing', problems: ['InvalidField'] },
);

test(
  'an object that was never good and is for another installation is none of ours',
  becomes,
  'Mapping default/a',
  [...gateway, stored(aMapping('default/a', { prefix: 7, ambassador_id: ['other'] }))],
  undefined,
);

test('a good object made bad serves as it was', (t) => {
  const before = [...gateway, aMapping('default/a')];
  const after = [...gateway, aMapping('default/a', { prefix: 7 })];

  t.deepEqual(outcomeOf('Mapping default/a', world(before, after)), {
    generation: 2,
    serving: 'Older',
    problems: ['InvalidField'],
  });
});

test('a Host is told what is wrong with its Secret, which still serves as it was', (t) => {
  const host = aHost('default/tls', { hostname: 'a.example', tlsSecret: { name: 'cert' } });
  const secret = aSecret('default/cert', 'one');
  const bad = { ...secret, stringData: { 'tls.crt': 'no', 'tls.key': 'no' } };
  const objects = [aListener('default/https', { port: 8443, protocol: 'HTTPS' }), host];

  t.deepEqual(outcomeOf('Host default/tls', world([...objects, secret], [...objects, bad])), {
    generation: 2,
    serving: 'This',
    problems: ['InvalidCertificate'],
  });
});

test('a Host is told no more of a Secret of another namespace than that it cannot be used', (t) => {
  const tlsSecret = { name: 'cert', namespace: 'certs' };
  const objects = [
    aListener('default/https', { port: 8443, protocol: 'HTTPS' }),
    aHost('default/tls', { hostname: 'a.example', tlsSecret }),
  ];
  const secret = aSecret('certs/cert', 'one');
  const bad = { ...secret, stringData: { 'tls.crt': 'no', 'tls.key': 'no' } };
  const problems = ['RefNotUsable'];

  t.deepEqual(outcomeOf('Host default/tls', world([...objects, bad])), {
    generation: 1,
    serving: 'This',
    problems,
  });
  t.deepEqual(outcomeOf('Host default/tls', world(objects)), {
    generation: 1,
    serving: 'This',
    problems,
  });
  t.deepEqual(outcomeOf('Host default/tls', world([...objects, secret], [...objects, bad])), {
    generation: 2,
    serving: 'This',
    problems,
  });
});

/** What a Host is told when the certificate of a Secret of another namespace has expired. */
const toldOfDates = (spec: object) => {
  const object = 'Secret certs/cert';
  const unfit = { _tag: 'UnfitCertificate', object, field: '', reason: 'expired' } as const;
  const tlsSecret = { name: 'cert', namespace: 'certs' };
  const objects = [
    aListener('default/https', { port: 8443, protocol: 'HTTPS' }),
    aHost('default/tls', { hostname: 'a.example', tlsSecret, ...spec }),
    aSecret('certs/cert', 'one'),
  ];
  const reported = { _tag: 'Reported', origin: `dates of ${object}`, problems: [unfit] } as const;
  const store = applyAll(emptyStore, [...versioned(listed(objects), 1), reported]);
  return outcomeOf('Host default/tls', [translatedStore(store)])?.problems;
};

test('of a certificate of another namespace that has expired a Host is told which serves it', (t) => {
  t.deepEqual(toldOfDates({}), ['UnfitCertificate']);
  t.deepEqual(toldOfDates({ tls: { ca_secret: 'authorities' } }), ['NotFound']);
});

test('by change equals from nothing, after every batch of every history', (t) => {
  holds(
    t,
    fc.property(someHistory, (history) => {
      let store = applyAll(emptyStore, versioned(listed(gateway), 0));
      let latest = translatedStore(store);
      let graph = atOnce(outcomes)(undefined, latest);
      for (const [i, batch] of history.entries()) {
        store = applyAll(store, versioned(batch.flatMap(eventsOf), i + 1));
        latest = translatedStore(store, latest.translation);
        graph = atOnce(outcomes)(graph, latest);
        assert.deepEqual(
          [...entries(graph.outcomes.output)],
          [...entries(atOnce(outcomes)(undefined, latest).outcomes.output)],
        );
      }
    }),
    { numRuns: 50 },
  );
});

test('a Host with a certificate has one, also while no Listener takes it', (t) => {
  const tls = { hostname: 'one.example', tlsSecret: { name: 'cert' } };
  const [taken, alone, without] = [
    [aListener('default/https', { port: 8443, protocol: 'HTTPS' }), aHost('default/tls', tls)],
    [aHost('default/tls', tls)],
    [aHost('default/tls', { hostname: 'one.example' })],
  ].map((objects) => {
    const [only] = world([...objects, aSecret('default/cert')]);
    const graph = only && atOnce(outcomes)(undefined, only);
    return graph && get(graph.outcomes.output, 'Host default/tls');
  });
  t.like(taken, { serving: 'This', certified: true });
  t.like(alone, { serving: 'Nothing', certified: true });
  t.is(without?.certified, undefined);
});

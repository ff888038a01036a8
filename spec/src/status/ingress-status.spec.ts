import test from 'ava';

import { entries } from '../../../src/collection/collection.ts';
import { atOnce } from '../../../src/collection/work.ts';
import { arrival, kindEvents } from '../../../src/kube/arrival.ts';
import { applyAll } from '../../../src/kube/store/object-store.ts';
import { mergedStatus } from '../../../src/status/merged-status.ts';
import { outcomesFor } from '../../../src/status/outcomes.ts';
import { conditionsIn, heldOf, statusFor } from '../../../src/status/status.ts';
import { translate } from '../../../src/translate/translate.ts';
import {
  aHost,
  aListener,
  aService,
  storeOf,
  syncedStore,
  type Manifest,
} from '../../_support/world/builders.ts';
import { anIngress, anIngressClass } from '../../_support/world/language/ingresses.ts';

const now = '2026-12-01T00:00:00Z';

const addresses = [{ ip: '192.0.2.1' }, { hostname: 'lb.example' }];

/** What the owners of Ingresses are told, where the Service of the gateway has these addresses. */
const told = (ingress: readonly object[], ...ingresses: readonly Manifest[]) => {
  const stored = ingresses.map((one) => ({ ...one, metadata: { ...one.metadata, uid: 'u' } }));
  const known = storeOf(aListener(), aHost('default/h'), anIngressClass('edge'), ...stored);
  const raw = { ...aService('edge/headgate'), status: { loadBalancer: { ingress } } };
  const came = kindEvents('Service')({ _tag: 'Upserted', item: arrival('Service')(raw) });
  const store = syncedStore(applyAll(known, came));
  const translation = translate({
    ...{ ambassadorId: 'default', namespace: 'edge' },
    gatewayService: 'edge/headgate',
  })(undefined, store);
  const graph = atOnce(outcomesFor('default'))(undefined, { store, translation });
  return [...entries(graph.outcomes.output)].flatMap(([ref, outcome]) => {
    const status = statusFor(outcome, { _tag: 'Acknowledged' });
    if (!ref.startsWith('Ingress ') || !('report' in status)) return [];
    const said = conditionsIn(status).map((one) => `${one.type} ${one.status}`);
    return [{ report: status.report, said }];
  });
};

const spec = (ingressClassName: string) => ({
  ingressClassName,
  defaultBackend: { service: { name: 'web', port: { number: 80 } } },
});

test('an Ingress of ours has the addresses of the Service of the gateway; of another one nothing is said', (t) => {
  const [ours] = told(addresses, anIngress('shop/web', spec('edge')));

  t.deepEqual(ours, {
    report: { loadBalancer: { ingress: addresses } },
    said: ['Accepted True', 'ResolvedRefs True', 'Programmed True'],
  });
  t.deepEqual(told(addresses, anIngress('shop/web', spec('nginx'))), [{ report: {}, said: [] }]);
});

test('as long as the Service has no address nothing is written, and what is wrong is said', (t) => {
  const wrong = { ...spec('edge'), defaultBackend: { resource: {} } };

  t.deepEqual(told([], anIngress('shop/web', wrong)), [
    { report: {}, said: ['Accepted False', 'ResolvedRefs True', 'Programmed True'] },
  ]);
});

/** An Ingress with addresses, as the API server gives it. */
const held = (manager: string, ingress: readonly object[] = addresses) => ({
  metadata: {
    managedFields: [
      {
        ...{ manager, subresource: 'status', operation: 'Update' },
        fieldsV1: { 'f:status': { 'f:loadBalancer': { 'f:ingress': {} } } },
      },
    ],
  },
  status: { loadBalancer: { ingress } },
});

test('addresses are replaced as a whole, and go with the Ingress where we wrote them', (t) => {
  const written = { report: { loadBalancer: { ingress: addresses } } };
  const none = { loadBalancer: { ingress: null } };

  t.deepEqual(mergedStatus(held('nginx'), written, now), written.report);
  t.deepEqual(mergedStatus(held('headgate'), { report: {} }, now), none);
  t.deepEqual(mergedStatus(held('nginx'), { report: {} }, now), {});
});

test('addresses are ours where we wrote them last', (t) => {
  const isOurs = (raw: object): boolean | undefined => heldOf('Ingress', raw).shared?.isOurs;

  t.true(isOurs(held('headgate')));
  t.false(isOurs(held('nginx')));
  t.false(isOurs(held('headgate', [])));
  t.not(
    heldOf('Ingress', held('headgate')).digest,
    heldOf('Ingress', held('headgate', [{ ip: '192.0.2.2' }])).digest,
  );
});

import test from 'ava';

import { get, keys } from '../../../src/collection/collection.ts';
import { atOnce } from '../../../src/collection/work.ts';
import { newPlane, stepPlane } from '../../../src/plane/plane.ts';
import { gatewayStatusOf } from '../../../src/status/gateway-status.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import { aBatch, nothingOf } from '../../_support/world/batches.ts';
import { applied } from '../../_support/world/builders.ts';
import {
  aGateway,
  aGatewayClass,
  aGatewayListener,
} from '../../_support/world/gateway-api/builders.ts';
import { outcomes, versioned } from '../../_support/world/status-world.ts';

const options = {
  translation: {
    ambassadorId: 'default',
    namespace: 'default',
    gatewayAddresses: ['192.0.2.1'],
  },
};
const step = stepPlane(options);

const ports = [80, 81];

const gateway = aGateway('default/gw', {
  listeners: ports.map((port) => aGatewayListener({ name: `on-${port}`, port })),
});

const begun = step(
  newPlane(options),
  aBatch(0, ...nothingOf(), ...versioned([aGatewayClass(), gateway].map(applied), 1)),
);

/** What is told of the Gateway and its listeners while Envoy cannot have these ports. */
const told = (...taken: readonly number[]): readonly string[] => {
  const known = begun.published?.snapshot.resources[TypeUrl.Listener];
  const refused = taken.map((port) => {
    const name = [...(known === undefined ? [] : keys(known))].find((one) =>
      one.endsWith(`${port}`),
    );
    const message = `Error adding/updating listener(s) ${name}: cannot bind '192.0.2.1:${port}': in use`;
    return { typeUrl: TypeUrl.Listener, name: name ?? '', version: '1', message };
  });
  const { published } = step(
    begun,
    aBatch(1, { _tag: 'Verdict', node: 'own', stream: 1, seq: 1, refused }),
  );
  const outcome =
    published && get(atOnce(outcomes)(undefined, published).outcomes.output, 'Gateway default/gw');
  if (outcome === undefined) return [];
  const { report } = gatewayStatusOf(outcome, {
    ...{ _tag: 'Refused', message: 'what Envoy says of all that it refuses' },
  });
  return [report, ...(report.listeners ?? [])]
    .flatMap(({ conditions = [] }) => conditions.filter(({ type }) => type === 'Programmed'))
    .map(({ status, message }) => `${status}: ${message}`);
};

const lineOf = (port: number): string =>
  `Envoy cannot listen on 192.0.2.1:${port}: in use; it is tried again`;

test('a port that Envoy cannot have takes nothing from the listeners on other ports', (t) => {
  t.deepEqual(told(81), [
    `True: The Gateway is served; ${lineOf(81)}`,
    'True: The listener is served',
    `False: ${lineOf(81)}`,
  ]);
});

test('a Gateway of which Envoy can have no port is not programmed', (t) => {
  t.deepEqual(told(80, 81), [
    `False: ${lineOf(80)}; ${lineOf(81)}`,
    `False: ${lineOf(80)}`,
    `False: ${lineOf(81)}`,
  ]);
});

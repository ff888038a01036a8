import test from 'ava';

import { get } from '../../../../../src/collection/collection.ts';
import { problemLines, translated, type Manifest } from '../../../../_support/world/builders.ts';
import { aGatewayClass } from '../../../../_support/world/gateway-api/builders.ts';

const aDefinition = (version?: string, channel = 'standard'): Manifest => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {
    name: 'gatewayclasses.gateway.networking.k8s.io',
    annotations:
      version === undefined
        ? {}
        : {
            'gateway.networking.k8s.io/bundle-version': version,
            'gateway.networking.k8s.io/channel': channel,
          },
  },
});

const told = test.macro({
  exec(t, definitions: readonly Manifest[], version: object | undefined, notes: readonly string[]) {
    const translation = translated(aGatewayClass(), ...definitions);
    const classes = translation.outcomes.find(({ kind }) => kind === 'GatewayClass');
    const entry = classes && get(classes.entries, '/headgate');
    const { inEffect, report } = classes?.outcomeOf(entry) ?? {};

    t.true(inEffect);
    t.deepEqual(
      report?.conditions?.filter(({ type }) => type === 'SupportedVersion'),
      version === undefined ? [] : [{ type: 'SupportedVersion', ...version }],
    );
    t.deepEqual(problemLines(translation), notes);
  },
  title: (name = '') => `what a GatewayClass says of the release that is installed: ${name}`,
});

const says = (what: string, first = 'the'): string =>
  `${first} Gateway API that is installed is ${what}; supported are v1.4 to v1.7`;

const isSupported = (what: string): object => ({
  status: 'True',
  reason: 'SupportedVersion',
  message: says(what, 'The'),
});

const isNot = (what: string): object => ({
  status: 'False',
  reason: 'UnsupportedVersion',
  message: says(what, 'The'),
});

test('nothing in a folder', told, [], undefined, []);
test(
  'one that is supported',
  told,
  [aDefinition('v1.7.0')],
  isSupported('v1.7.0 (standard channel)'),
  [],
);
test(
  'one that came later is served all the same',
  told,
  [aDefinition('v1.9.0', 'experimental')],
  isNot('v1.9.0 (experimental channel)'),
  [`GatewayClass headgate: ${says('v1.9.0 (experimental channel)')}`],
);
test('one that does not say which it is', told, [aDefinition()], isNot('of an unknown version'), [
  `GatewayClass headgate: ${says('of an unknown version')}`,
]);

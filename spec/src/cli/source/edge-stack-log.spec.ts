import test from 'ava';
import pino from 'pino';

import type { ObjectKey } from '../../../../src/ir/object-ref.ts';
import { edgeStackLog } from '../../../../src/cli/source/edge-stack-log.ts';
import { keyIn } from '../../../../src/kube/core/scope.ts';
import type { Reflected } from '../../../../src/kube/reflect/reflected.ts';

const named = (name: string): { readonly key: ObjectKey } => ({ key: keyIn('Cluster', '', name) });

/** Which kinds a line names, for each thing that happens to definitions. */
const toldOf = (happened: readonly Reflected<{ readonly key: ObjectKey }>[]): readonly string[] => {
  const lines: string[] = [];
  const log = pino({ base: null }, { write: (line: string) => lines.push(line) });
  const hear = edgeStackLog(log);
  return happened.map((one) => {
    const before = lines.length;
    hear(one);
    return lines
      .slice(before)
      .map((line) => (JSON.parse(line) as { readonly msg: string }).msg.split(': ')[0] ?? '')
      .join('; ');
  });
};

test('each kind of Edge Stack that guards is named once, while it is installed', (t) => {
  t.deepEqual(
    toldOf([
      {
        _tag: 'Synced',
        items: [
          'mappings.getambassador.io',
          'ratelimits.getambassador.io',
          'filters.getambassador.io',
          'devportals.getambassador.io',
          'filters.example.com',
        ].map(named),
      },
      { _tag: 'Upserted', item: named('filters.getambassador.io') },
      { _tag: 'Upserted', item: named('filterpolicies.getambassador.io') },
      { _tag: 'Removed', item: named('filters.getambassador.io') },
      { _tag: 'Interrupted', cause: 'Unreachable', message: 'gone' },
      { _tag: 'Upserted', item: named('filters.getambassador.io') },
      {
        _tag: 'Synced',
        items: ['webapplicationfirewallpolicies.gateway.getambassador.io'].map(named),
      },
      { _tag: 'Synced', items: [] },
    ]),
    [
      'filters.getambassador.io, ratelimits.getambassador.io',
      '',
      'filterpolicies.getambassador.io',
      '',
      '',
      'filters.getambassador.io',
      'webapplicationfirewallpolicies.gateway.getambassador.io',
      '',
    ],
  );
});

import test from 'ava';

import { from, set } from '../../../src/collection/collection.ts';
import type { Cluster } from '../../../src/ir/cluster.ts';
import type { ServedName } from '../../../src/ir/server-name.ts';
import { contentOf, digestOf } from '../../../src/quarantine/content.ts';
import { admitted, newQuarantine } from '../../../src/quarantine/quarantine.ts';
import { aCluster, anIr } from '../../_support/world/an-ir.ts';
import { aSecret } from '../../_support/world/a-secret.ts';
import { storeOf } from '../../_support/world/builders.ts';

test('as long as a Secret is refused, a change costs no look at every cluster', (t) => {
  let looks = 0;
  const observed = (name: string): Cluster => ({
    ...aCluster({ name }),
    get tls() {
      looks += 1;
      return {};
    },
  });
  const clusters = from(
    Array.from({ length: 2000 }, (_, i) => [`c${i}`, observed(`c${i}`)] as const),
  );
  const store = storeOf(aSecret('default/cert'));
  const object = 'Secret default/cert';
  const digest = digestOf(contentOf(store, object));
  const convicted = [{ object, digest, resource: 'default/cert', message: 'bad' }] as const;
  const withTrusted = (ir: ReturnType<typeof anIr>) => ({
    ...newQuarantine(convicted),
    trusted: { seq: 1, store, ir },
  });
  admitted(withTrusted({ ...anIr({}), clusters }), store);
  looks = 0;
  const changed = set(clusters, 'c7', observed('c7'));
  admitted(withTrusted({ ...anIr({}), clusters: changed }), store);
  t.true(looks < 100, `${looks}`);
});

test('as long as a Secret is refused, a change costs no look at every certificate on demand', (t) => {
  let looks = 0;
  const observed = (names: string): ServedName => ({
    _tag: 'Terminate',
    names,
    from: [],
    get certificates() {
      looks += 1;
      return ['default/other'] as const;
    },
  });
  const certificates = from(
    Array.from({ length: 2000 }, (_, i) => [`${i}.example`, observed(`${i}.example`)] as const),
  );
  const after = set(certificates, '7.example', observed('7.example'));
  const trusted = storeOf(aSecret('default/cert'));
  const now = storeOf(aSecret('default/cert', 'two'));
  const object = 'Secret default/cert';
  const digest = digestOf(contentOf(now, object));
  const convicted = [{ object, digest, resource: 'default/cert', message: 'bad' }] as const;
  const admit = (served: typeof certificates) =>
    admitted(
      {
        ...newQuarantine(convicted),
        trusted: { seq: 1, store: trusted, ir: { ...anIr({}), certificates: served } },
      },
      now,
    );
  admit(certificates);
  t.true(looks >= 2000, `${looks}`);
  looks = 0;
  admit(after);
  t.true(looks < 100, `${looks}`);
});

import test from 'ava';

import { finish } from '../../../../../src/collection/work.ts';
import {
  moduleGraph,
  type ModuleGraph,
} from '../../../../../src/translate/emissary/module/module-graph.ts';
import { noSettings } from '../../../../../src/translate/emissary/module/module-settings.ts';
import { translate } from '../../../../../src/translate/translate.ts';
import type { TranslateOptions } from '../../../../../src/translate/translate-options.ts';
import {
  aModule,
  problemLines,
  storeOf,
  type Manifest,
} from '../../../../_support/world/builders.ts';

const options: TranslateOptions = { ambassadorId: 'default', namespace: 'default' };

const graphOf = (
  objects: readonly Manifest[],
  previous?: ModuleGraph,
  more: Partial<TranslateOptions> = {},
): ModuleGraph => finish(moduleGraph({ ...options, ...more })(previous, storeOf(...objects)));

const problemsOf = (...objects: readonly Manifest[]): readonly string[] =>
  problemLines(translate(options)(undefined, storeOf(...objects)));

const aged = (module: Manifest, creationTimestamp: string): Manifest => ({
  ...module,
  metadata: { ...module.metadata, creationTimestamp },
});

test('each part of the settings is what the Module says of it', (t) => {
  const { settings } = graphOf([
    aModule({ server_name: 'edge', resolver: 'endpoint', default_label_domain: 'shop' }),
  ]);
  t.deepEqual(settings, {
    ...noSettings,
    from: 'Module default/ambassador',
    http: { server_name: 'edge' },
    mappings: { resolver: 'endpoint' },
    labels: { default_label_domain: 'shop' },
  });
});

test('a part in which nothing changes is the value that it was', (t) => {
  const before = graphOf([aModule({ server_name: 'edge', resolver: 'endpoint' })]);
  const after = graphOf([aModule({ server_name: 'rim', resolver: 'endpoint' })], before);
  t.deepEqual(after.settings.http, { server_name: 'rim' });
  t.is(after.settings.mappings, before.settings.mappings);
  t.is(after.settings.filters, before.settings.filters);
});

test('without a Module, and where none counts, nothing is set', (t) => {
  const module = aModule({ server_name: 'edge' });
  t.is(graphOf([]).settings, noSettings);
  t.is(graphOf([module], undefined, { ambassadorId: 'other' }).settings, noSettings);
  t.is(graphOf([aModule({}, 'default/other')]).settings, noSettings);
});

test('with isolation a Module counts in a trusted namespace alone', (t) => {
  const module = aModule({ server_name: 'edge' }, 'blog/ambassador');
  t.is(graphOf([module]).settings.from, 'Module blog/ambassador');
  t.is(graphOf([module], undefined, { isolation: true }).settings, noSettings);
  const trusted = { isolation: true, trustedNamespaces: ['blog'] };
  t.is(graphOf([module], undefined, trusted).settings.from, 'Module blog/ambassador');
});

test('of several Modules the oldest counts, and the others say so', (t) => {
  const old = aged(aModule({ server_name: 'old' }, 'z/ambassador'), '2026-01-01T00:00:00Z');
  const young = aged(aModule({ server_name: 'new' }, 'default/ambassador'), '2026-01-02T00:00:00Z');
  t.deepEqual(graphOf([old, young]).settings.http, { server_name: 'old' });
  t.true(
    problemsOf(old, young).some((line) =>
      /^Module default\/ambassador: .*another Module, which is older/.test(line),
    ),
  );
});

test('a key that is inert in Emissary is a note, whatever its value', (t) => {
  t.deepEqual(problemsOf(aModule({ xff_num_trusted_hops: 1, service_port: 'x' })), [
    'Module default/ambassador: spec.config.service_port: no effect: spec.port of a Listener counts',
    'Module default/ambassador: spec.config.xff_num_trusted_hops: no effect: spec.l7Depth of a Listener counts',
  ]);
});

test('a key that cannot be done is a problem that says what can be', (t) => {
  const [line, ...more] = problemsOf(aModule({ header_case_overrides: ['X-UP'] }));
  t.regex(line ?? '', /spec\.config\.header_case_overrides: expected .*proper_case/);
  t.deepEqual(more, []);
});

test('a key that nobody knows is one, with the key that may be meant', (t) => {
  t.regex(problemsOf(aModule({ sever_name: 'edge' })).join('\n'), /sever_name.*server_name/);
});

test('a Module of another name has no effect and says so', (t) => {
  t.regex(problemsOf(aModule({ anything: 1 }, 'default/other')).join('\n'), /"ambassador"/);
  t.regex(problemsOf(aModule({ server: {} }, 'default/tls')).join('\n'), /tlsSecret/);
});

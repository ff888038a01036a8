import test from 'ava';

import {
  aHost,
  aListener,
  aMapping,
  problemLines,
  translated,
} from '../../../../_support/world/builders.ts';

/** The fields of a Mapping that are reported, because they have no effect. */
const withoutEffect = test.macro({
  exec(t, spec: Readonly<Record<string, unknown>>, fields: readonly string[]) {
    const lines = problemLines(
      translated(aListener(), aHost('default/all'), aMapping('default/a', spec)),
    );
    t.deepEqual(
      lines.map((line) => /spec\.([\w.]+):/.exec(line)?.[1] ?? line),
      fields,
    );
  },
  title: (_, spec: Readonly<Record<string, unknown>>, fields: readonly string[]) =>
    `without effect in ${JSON.stringify(spec)}: ${fields.join(', ') || 'nothing'}`,
});

test(withoutEffect, { prefix_regex: true, prefix_exact: true }, ['prefix_exact']);
test(withoutEffect, { prefix_regex: true, prefix_exact: false }, []);
test(withoutEffect, { prefix_regex: true, case_sensitive: false }, ['case_sensitive']);
test(withoutEffect, { prefix_exact: true, case_sensitive: false }, []);
test(withoutEffect, { host_rewrite: 'a', auto_host_rewrite: true }, ['auto_host_rewrite']);
test(withoutEffect, { auto_host_rewrite: true }, []);
test(withoutEffect, { method_regex: true }, ['method_regex']);
test(withoutEffect, { method_regex: true, method: 'GET|PUT' }, []);
test(withoutEffect, { host_regex: true }, ['host_regex']);
test(withoutEffect, { enable_ipv4: false }, ['enable_ipv4']);
test(withoutEffect, { enable_ipv4: false, enable_ipv6: true }, []);
test(withoutEffect, { labels: {} }, []);
test(withoutEffect, { labels: { envoy: [] } }, []);
test(withoutEffect, { regex_rewrite: { pattern: '/rx/(.*)', substitution: '/y/\\1' } }, []);
test(withoutEffect, { regex_rewrite: { pattern: '/rx/(.*)', substitution: '/y/\\2' } }, [
  'regex_rewrite.substitution',
]);
test(withoutEffect, { shadow: true, host_redirect: true }, ['host_redirect', 'shadow']);

test(withoutEffect, { method: 'get' }, ['method']);
test(withoutEffect, { method: 'GET' }, []);
test(withoutEffect, { method: 'purge' }, []);
test(withoutEffect, { method: 'get', method_regex: true }, []);
test(withoutEffect, { prefix: '/a/../b' }, ['prefix']);
test(withoutEffect, { prefix: '/a/..' }, ['prefix']);
test(withoutEffect, { prefix: '/./a' }, ['prefix']);
test(withoutEffect, { prefix: '/.well-known/..a/' }, []);
test(withoutEffect, { prefix: '/a/../b', prefix_regex: true }, []);

test('of two selectors of a Host mappingSelector counts, and the other is reported', (t) => {
  const selectors = {
    mappingSelector: { matchLabels: { a: 'b' } },
    selector: { matchLabels: { c: 'd' } },
  };
  t.deepEqual(problemLines(translated(aListener(), aHost('default/all', selectors))), [
    'Host default/all: spec.selector: expected mappingSelector or selector, of which mappingSelector counts, got both',
  ]);
});

/** What is said of a Host. */
const said = test.macro({
  exec(t, spec: Readonly<Record<string, unknown>>, problems: readonly string[]) {
    t.deepEqual(
      problemLines(translated(aListener(), aHost('default/all', spec))),
      problems.map((problem) => `Host default/all: ${problem}`),
    );
  },
  title: (_, spec: Readonly<Record<string, unknown>>) => `said of ${JSON.stringify(spec)}`,
});

test(said, { tlsSecret: { namespace: 'other' } }, [
  'spec.tlsSecret.name: expected the name of a Secret; without it there is no certificate, got nothing',
]);
test(said, { acmeProvider: { email: 'a@a.example' } }, [
  'spec.acmeProvider.authority: no effect, as in Emissary, and no certificate is issued',
]);
test(said, { acmeProvider: { authority: 'none', email: 'a@a.example' } }, []);

import test from 'ava';
import { parse } from 'yaml';

import { headgate } from '../../../_support/process/headgate.ts';
import { aCertificate } from '../../../_support/world/certificates.ts';
import { host, listener, mapping } from '../../../_support/world/manifests.ts';
import * as routing from '../../../_support/world/routing-manifests.ts';

const manifests = listener.trimStart() + host + mapping('shop');

test('translate prints the IR as JSON, sorted by name', async (t) => {
  const { code, stdout, stderr } = await headgate(['translate', '-o', 'ir', '--json', '-'], {
    stdin: manifests,
  });
  const ir = JSON.parse(stdout);

  t.is(code, 0);
  t.is(stderr, '');
  t.deepEqual(Object.keys(ir), [
    'listeners',
    'filterChains',
    'filters',
    'virtualHosts',
    'clusters',
    'endpoints',
    'secrets',
    'trustBundles',
    'certificates',
    'connectionLimits',
  ]);
  t.deepEqual(Object.keys(ir.listeners), ['listener-8080']);
  t.deepEqual(ir.listeners['listener-8080'].from, ['Listener default/http']);
  t.deepEqual(ir.secrets, {});
});

test('translate prints the resources as YAML by default, with their types', async (t) => {
  const { code, stdout } = await headgate(['translate', '-'], { stdin: manifests });
  const resources = parse(stdout);

  t.is(code, 0);
  t.deepEqual(
    resources.map((one: { readonly resource: { readonly '@type': string } }) =>
      one.resource['@type'].split('.').at(-1),
    ),
    [
      'Cluster',
      'Listener',
      'ScopedRouteConfiguration',
      ...['TypedExtensionConfig', 'TypedExtensionConfig'],
    ],
  );
  for (const { version } of resources) t.regex(version, /^\S{8,}$/);
});

test('translate prints a whole static configuration without any stream', async (t) => {
  const { code, stdout } = await headgate(
    ['translate', '-o', 'bootstrap', '--format', 'json', '-'],
    { stdin: manifests },
  );
  const bootstrap = JSON.parse(stdout);

  t.is(code, 0);
  t.is(bootstrap.static_resources.listeners.length, 1);
  t.is(bootstrap.static_resources.clusters.length, 1);
  t.false('dynamic_resources' in bootstrap);
  t.false(stdout.includes('"ads"'));
});

test('a static Envoy asks nobody for certificates', async (t) => {
  const stdin =
    routing.listener('https', 8443, { protocol: 'HTTPS', tlsLayout: 'on-demand' }) +
    routing.tlsSecret('one', await aCertificate('one.example')) +
    routing.host('one.example', 'tlsSecret: { name: one }');
  const chains = async (what: string): Promise<readonly string[]> => {
    const { stdout } = await headgate(['translate', '-o', what, '--json', '-'], { stdin });
    t.is(stdout.includes('on_demand_secret'), what === 'xds');
    return [...stdout.matchAll(/"name": "(tls[^"]*)"/g)].map(([, name = '']) => name);
  };
  t.deepEqual(await chains('bootstrap'), ['tls/one.example']);
  t.true((await chains('xds')).includes('tls'));
});

test('translate keeps problems out of what it prints', async (t) => {
  const { code, stdout, stderr } = await headgate(['translate', '--json', '-'], {
    stdin: `${manifests}${mapping('cart', ', timeout: 3')}`,
  });

  t.is(code, 1);
  t.is(
    stderr,
    '<stdin>:23:60 Mapping default/cart: spec.timeout: no such field; it has no effect; did you mean timeout_ms?\n',
  );
  t.is(JSON.parse(stdout).length, 6);
});

test('a text that Envoy would read as something else is quoted', async (t) => {
  const wants = mapping('shop', ", headers: { x-a: 'yes', x-b: 'off', x-c: '1e3' }");
  const { stdout } = await headgate(['translate', '-o', 'bootstrap', '-'], {
    stdin: listener.trimStart() + host + wants,
  });

  for (const text of ['yes', 'off', '1e3']) t.regex(stdout, new RegExp(`exact: "${text}"$`, 'm'));
});

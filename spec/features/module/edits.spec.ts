import { readFileSync } from 'node:fs';

import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { moduleKeys, type KeyUse } from '../../../src/kube/emissary/module/module-keys.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { rawConnection } from '../../_support/envoy/raw-connection.ts';
import { mapping, moduleOf, openHost } from '../../_support/world/routing-manifests.ts';

const backend = await startBackend({ name: 'a', port: 0 });
const gateway = await aGateway(
  (ports) => openHost(ports) + mapping('all', backend.port, "prefix: /, rewrite: ''"),
);
const connection = rawConnection(gateway.ports.http);
test.after.always(async () => {
  connection.close();
  await Promise.all([gateway.stop(), backend.close()]);
});

/** What is in force of a key, one after the other; of a switch it is one value. */
const values: Readonly<Record<string, readonly string[]>> = {
  add_linkerd_headers: ['true'],
  allow_chunked_length: ['true'],
  buffer: ['{ max_request_bytes: 1000 }', '{ max_request_bytes: 2000 }'],
  buffer_limit_bytes: ['4096', '8192'],
  circuit_breakers: ['[{ max_connections: 5 }]', '[{ max_connections: 6 }]'],
  cluster_idle_timeout_ms: ['1000', '2000'],
  cluster_max_connection_lifetime_ms: ['10000', '20000'],
  cluster_request_timeout_ms: ['1000', '2000'],
  cors: ["{ origins: ['https://a.example'] }", "{ origins: ['https://b.example'] }"],
  default_label_domain: ['a', 'b'],
  default_labels: [labels('a'), labels('b')],
  defaults: [headers('a'), headers('b')],
  diagnostics: ['{ enabled: true }', '{ enabled: false }'],
  enable_grpc_http11_bridge: ['true'],
  enable_grpc_web: ['true'],
  enable_http10: ['true'],
  enable_ipv4: ['true'],
  enable_ipv6: ['true'],
  envoy_log_format: ['a', 'b'],
  envoy_log_path: ['/dev/null', '/dev/fd/2'],
  envoy_log_type: ['text'],
  error_response_overrides: [page('a'), page('b')],
  forward_client_cert_details: ['SANITIZE_SET', 'FORWARD_ONLY'],
  grpc_stats: ['{ all_methods: true }', '{ upstream_stats: true }'],
  gzip: ['{ min_content_length: 100 }', '{ min_content_length: 200 }'],
  headers_with_underscores_action: ['DROP_HEADER', 'REJECT_REQUEST'],
  ip_allow: ['[{ peer: 127.0.0.1 }]', '[{ peer: 127.0.0.0/8 }]'],
  ip_deny: ['[{ peer: 203.0.113.1 }]', '[{ peer: 203.0.113.2 }]'],
  keepalive: ['{ time: 10 }', '{ time: 20 }'],
  listener_idle_timeout_ms: ['60000', '70000'],
  liveness_probe: ['{ prefix: /live/ }', '{ prefix: /alive/ }'],
  load_balancer: ['{ policy: least_request }', '{ policy: ring_hash, source_ip: true }'],
  lua_scripts: ['"function envoy_on_request(h) end"', '"function envoy_on_response(h) end"'],
  max_request_headers_kb: ['10', '20'],
  merge_slashes: ['true'],
  preserve_external_request_id: ['true'],
  proper_case: ['true'],
  readiness_probe: ['{ prefix: /read/ }', '{ prefix: /ready/ }'],
  reject_requests_with_escaped_slashes: ['true'],
  resolver: ['endpoint', 'kubernetes-service'],
  retry_policy: ['{ retry_on: 5xx }', '{ retry_on: gateway-error }'],
  runtime_flags: ['{ http.max_requests_per_io_cycle: 1 }', '{ http.max_requests_per_io_cycle: 2 }'],
  server_name: ['a', 'b'],
  set_current_client_cert_details: ['{ subject: true }', '{ uri: true }'],
  strip_matching_host_port: ['true'],
  suppress_envoy_headers: ['true'],
  use_ambassador_namespace_for_service_resolution: ['true'],
  use_remote_address: ['false'],
};

function labels(value: string): string {
  return `{ ambassador: { defaults: [{ generic_key: { value: ${value} } }] } }`;
}

function headers(value: string): string {
  return `{ httpmapping: { add_request_headers: { x-a: ${value} } } }`;
}

function page(text: string, status = 503): string {
  return `[{ on_status_code: ${status}, body: { text_format: ${text} } }]`;
}

/** Keys that are obeyed beside another one alone. */
const beside: Readonly<Record<string, string>> = {
  set_current_client_cert_details: 'forward_client_cert_details: SANITIZE_SET, ',
};

/** How often Envoy has replaced a listener, or filter chains of one, until now. */
const replaced = async (): Promise<number> => {
  const name = 'listener_manager.listener_modified';
  return (await gateway.envoy.stats(name)).get(name) ?? 0;
};

/** Whether a listener is replaced for this. */
const drains = async (edit: () => Promise<void>): Promise<boolean> => {
  const before = await replaced();
  await edit();
  return (await replaced()) > before;
};

const drainsFor = async (config: string): Promise<boolean> =>
  await drains(async () => await gateway.apply('module.yaml', moduleOf(config)));

/** The keys in a row of the table in the documents. */
const keysIn = (row: string): readonly string[] => {
  const page = readFileSync(new URL('../../../docs/module.md', import.meta.url), 'utf8');
  const line = page.split('\n').find((one) => one.startsWith(`| ${row} `)) ?? '';
  return [...line.matchAll(/`(\w+)`/g)].flatMap(([, key]) => key ?? []);
};
const rows = {
  stay: keysIn('stay'),
  filter: keysIn('stay where it had a value and has another one, else drained'),
  drained: keysIn('drained'),
};

test('the documents say of each key what its edits cost', (t) => {
  const obeyed = Object.entries<KeyUse>(moduleKeys).filter(([, use]) => 'part' in use);
  t.deepEqual(
    Object.values(rows).flat().sort(),
    obeyed.map(([key]) => key),
  );
});

test.serial('the first Module replaces listeners', async (t) => {
  t.true(await drainsFor(''));
});

const request = 'GET /a/ HTTP/1.1\r\nhost: a\r\n\r\n';

for (const key of rows.stay)
  test.serial(`for ${key} no listener is replaced, and connections go on`, async (t) => {
    const opened = 'http.ingress_http.downstream_cx_total';
    const connections = async () => (await gateway.envoy.stats(opened)).get(opened);
    t.regex((await connection.ask(request)).status, / 200 /);
    const before = await connections();
    for (const value of [...(values[key] ?? []), undefined]) {
      t.false(await drainsFor(value === undefined ? '' : `${key}: ${value}`), `${value}`);
      t.regex((await connection.ask(request)).status, / 200 /);
    }
    t.is(await connections(), before);
  });

for (const [row, another] of [
  ['filter', false],
  ['drained', true],
] as const)
  for (const key of rows[row])
    test.serial(`for ${key} listeners are replaced: ${row}`, async (t) => {
      const [first, second] = values[key] ?? [];
      const usual = beside[key] ?? '';
      await gateway.apply('module.yaml', moduleOf(usual));
      t.true(await drainsFor(`${usual}${key}: ${first}`));
      if (second !== undefined) t.is(await drainsFor(`${usual}${key}: ${second}`), another);
      t.true(await drainsFor(usual));
      if (usual !== '') await gateway.apply('module.yaml', moduleOf(''));
    });

test.serial('another page for requests that no Mapping takes replaces listeners', async (t) => {
  await gateway.apply('module.yaml', moduleOf(`error_response_overrides: ${page('a', 404)}`));
  t.true(await drainsFor(`error_response_overrides: ${page('b', 404)}`));
  t.true(await drainsFor(''));
});

test.serial('a Module that is deleted replaces listeners', async (t) => {
  t.true(await drains(async () => await gateway.remove('module.yaml')));
});

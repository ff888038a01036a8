import { once } from 'node:events';

import { ask } from '../../_support/envoy/ask.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { readScrape } from '../../_support/monitoring/scrape.ts';
import { startHeadgate } from '../../_support/process/headgate.ts';
import { aPlace } from '../../_support/process/headgate-process.ts';
import { ownNetwork } from '../../_support/process/own-network.ts';

/** The quickstart and its backends have fixed ports, so they are in a network of their own. */
const test = ownNetwork(import.meta.url);

/** What would end a line, an object or a label, and what a format could take for a command of its own. */
const agent = '"}\\n{"route_name":"Mapping evil/x"} %REQ(:PATH)% é';
const path = '/quote/%0a%22%7d{"%REQ(x)%';
const name = 'a"}{%req(x)%.example';

test('each request through the quickstart is found in the access log and in /metrics', async (t) => {
  t.timeout(300_000);
  const { state } = aPlace(t);
  const headgate = startHeadgate(['quickstart', '--state-dir', state, '--drain-time', '0']);
  t.teardown(() => headgate.kill('SIGKILL'));
  let [output, log] = ['', ''];
  headgate.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  headgate.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await eventually('Envoy serves', () => log.includes('ready: Envoy has accepted'));

  const headers = { 'user-agent': agent };
  t.is((await ask({ port: 8080, path: `${path}?token=secret`, headers })).said.service, 'quote');
  const overTls = { port: 8443, sni: name, host: 'echo.example' };
  t.is((await ask({ ...overTls, path: '/echo/hello' })).said.service, 'echo');
  t.is((await ask({ port: 8080, path: '/nowhere', headers, host: '[::1' })).status, 404);

  await eventually('three lines are written', () => output.split('\n').length > 3);
  const lines = output.trim().split('\n');
  t.is(lines.length, 3);
  const [quote, echo, nowhere] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  t.like(quote, {
    response_code: 200,
    route_name: 'Mapping default/quote',
    upstream_cluster: 'quote_default',
    path: path.replace('{"', '%7B%22'),
    user_agent: agent,
  });
  t.like(echo, {
    route_name: 'Mapping default/echo',
    upstream_cluster: '127_0_0_1_9002',
    requested_server_name: 'invalid:a____req_x__.example',
  });
  t.like(nowhere, { response_flags: 'NR', route_name: null, authority: '[::1' });
  t.false(output.includes('secret'), 'no query is written');

  const { values } = readScrape((await ask({ port: 8877, path: '/metrics' })).body);
  for (const cluster of [quote, echo].map((one) => String(one?.['upstream_cluster'])))
    t.is(values.get(`envoy_cluster_upstream_rq_total{envoy_cluster_name="${cluster}"}`), 1);
  t.is(values.get('envoy_http_no_route{envoy_http_conn_manager_prefix="ingress_http"}'), 1);

  headgate.kill('SIGINT');
  await once(headgate, 'exit');
  t.is(headgate.exitCode, 0);
});

import { Agent } from 'node:http';

import test from 'ava';

import { aGateway, type Gateway } from '../../_support/envoy/a-gateway.ts';
import { startNotingBackend } from '../../_support/envoy/noting-backend.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { startLogSink, type LoggedRequest } from '../../_support/service/a-log-sink.ts';
import { mapping, openHost } from '../../_support/world/routing-manifests.ts';

const backend = await startNotingBackend();
const sink = await startLogSink();

/** A LogService; its spec in flow style. */
const logService = (spec: string, name = 'sink'): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: LogService
metadata: { name: ${name} }
spec: { ${spec} }
`;

const toSink = `service: '127.0.0.1:${sink.port}', protocol_version: v3, flush_interval_time: 1`;

const http = (headers: string, more = ''): string =>
  logService(
    `${toSink}, driver: http, driver_config: { additional_log_headers: [${headers}] } ${more}`,
  );

const gateway = await aGateway(
  (ports) => openHost(ports) + mapping('shop', backend.port, "prefix: /, rewrite: ''"),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close()]);
  sink.kill();
});

/** A request is logged by its path; nobody else asks for it. */
let count = 0;
const askOnce = async ({ ask }: Gateway, headers: Readonly<Record<string, string>> = {}) => {
  count += 1;
  const path = `/logged/${count}`;
  return { path, status: (await ask({ path, headers })).status };
};

/** What the sink is told of one request. */
const told = async (path: string): Promise<LoggedRequest> => {
  const found = () => sink.requests.find(({ request }) => request?.path === path);
  await eventually('the sink is told', async () => Promise.resolve(found() !== undefined));
  return found() ?? {};
};

/** Asks until a request is told of: a listener serves what it was until its new chains are warm. */
const untilTold = async (gate: Gateway): Promise<void> => {
  sink.requests.length = 0;
  await eventually('requests are told of', async () => {
    await askOnce(gate);
    return sink.requests.length > 0;
  });
};

test.serial('a log service is told of requests, with the headers that it asks for', async (t) => {
  await gateway.apply(
    'log.yaml',
    http(
      '{ header_name: X-User }, { header_name: x-quiet, during_request: false }, ' +
        '{ header_name: date, during_request: false, during_trailer: false }',
    ),
  );
  await untilTold(gateway);
  const { path } = await askOnce(gateway, { 'x-user': 'ann', 'x-quiet': 'secret' });
  const { request, response } = await told(path);
  t.deepEqual(request?.request_headers, { 'x-user': 'ann' });
  t.is(response?.response_code?.value, 200);
  t.deepEqual(Object.keys(response?.response_headers ?? {}), ['date']);
  t.deepEqual([...sink.names], ['sink']);
  t.deepEqual(await gateway.problems('LogService default/sink'), []);
});

test.serial('its headers change without a restart, and no request fails', async (t) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  t.teardown(() => agent.destroy());
  t.is((await gateway.ask({ path: '/', agent })).status, 200);
  const before = new Map(await gateway.envoy.stats('listener_manager.(listener_|total_)'));
  await gateway.apply('log.yaml', http('{ header_name: x-other }'));
  await eventually('the other header is told', async () => {
    const { path } = await askOnce(gateway, { 'x-other': '1' });
    const found = await told(path);
    return found.request?.request_headers?.['x-other'] === '1';
  });
  t.is((await gateway.ask({ path: '/', agent })).status, 200);
  const after = new Map(await gateway.envoy.stats('listener_manager.(listener_|total_)'));
  const changed = [...after].filter(([name, value]) => before.get(name) !== value);
  t.deepEqual(
    changed.map(([name]) => name.replace('listener_manager.listener_', '')).sort(),
    ['create_success', 'in_place_updated', 'modified'],
    'the chains of the listener are drained, and it stays',
  );
});

test.serial('requests wait for no log service that is killed, and it is told again', async (t) => {
  sink.kill();
  for (let i = 0; i < 20; i += 1) t.is((await askOnce(gateway)).status, 200);
  await sink.restart();
  await untilTold(gateway);
  t.is((await askOnce(gateway)).status, 200);
});

test.serial('a log service with the driver tcp is told of connections', async (t) => {
  await gateway.apply('log.yaml', logService(`${toSink}, driver: tcp`));
  await eventually('it is told', async () => {
    await askOnce(gateway);
    return sink.connections.length > 0;
  });
  t.pass();
});

test.serial('what cannot be called is said, and requests are served', async (t) => {
  await gateway.apply(
    'log.yaml',
    logService("service: 'not an address', protocol_version: v3, driver: http") +
      logService(`service: '127.0.0.1:9', protocol_version: v2, driver: http`, 'old') +
      logService('driver: http', 'bare') +
      logService(`service: 'nowhere.invalid:9', protocol_version: v3, driver: http`, 'nowhere'),
  );
  for (let i = 0; i < 5; i += 1) t.is((await askOnce(gateway)).status, 200);
  const fields = async (name: string) =>
    (await gateway.problems(`LogService default/${name}`)).map(({ field }) => field);
  t.deepEqual(await fields('sink'), ['spec.service']);
  t.deepEqual(await fields('old'), ['spec.protocol_version']);
  t.deepEqual(await fields('bare'), ['spec.service']);
  t.deepEqual(await fields('nowhere'), []);
  await gateway.remove('log.yaml');
  t.is((await askOnce(gateway)).status, 200);
});

test.serial('a header name with a space is refused when it is read', async (t) => {
  await gateway.apply('log.yaml', http("{ header_name: 'x user' }"));
  t.like(await gateway.problems('LogService default/sink'), [
    {
      problem: 'InvalidField',
      field: 'spec.driver_config.additional_log_headers[0].header_name',
    },
  ]);
  t.is((await askOnce(gateway)).status, 200);
});

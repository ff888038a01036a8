import { connect } from 'node:net';

import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { defaultFields } from '../../../src/ir/access-log/access-log.ts';
import { aGateway, type Gateway } from '../../_support/envoy/a-gateway.ts';
import { aTlsGateway } from '../../_support/envoy/a-tls-gateway.ts';
import { clientHello, sent } from '../../_support/envoy/client-hello.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import {
  cleartext,
  gatewayOf,
  httpRoute,
  ourClass,
  rule,
} from '../../_support/world/gateway-api/manifests.ts';
import { mapping, openHost } from '../../_support/world/routing-manifests.ts';

type Line = Readonly<Record<string, string | number | null>>;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Every line, which must be a JSON object in UTF-8; what has no end yet is not looked at. */
const linesOf = ({ output }: Pick<Gateway, 'output'>): readonly Line[] => {
  const written = output();
  return utf8
    .decode(written.subarray(0, written.lastIndexOf('\n') + 1))
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
};

/** The first line about which this holds; Envoy writes some time after it has answered. */
const line = async (
  gateway: Pick<Gateway, 'output'>,
  holds: (one: Line) => boolean,
): Promise<Line> => {
  let found: Line | undefined;
  await eventually(
    'the line is written',
    () => (found = linesOf(gateway).find(holds)) !== undefined,
  );
  return found ?? {};
};

/** Sends bytes on a connection of their own; what comes back first, empty if it is closed instead. */
const send = async (port: number, bytes: Buffer): Promise<string> =>
  await new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const received = (answer: string): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (chunk) => received(chunk.toString('latin1')));
    socket.once('close', () => received(''));
    socket.once('error', reject);
  });

const backend = await startBackend({ name: 'shop', port: 0 });
const gateway = await aGateway(
  (ports) => openHost(ports) + mapping('shop', backend.port, 'prefix: /shop/'),
);
const [chains, demand] = [await aTlsGateway('chains'), await aTlsGateway('on-demand')];
test.beforeEach((t) => t.timeout(300_000));
test.after.always(async () => {
  await Promise.all([...[gateway, chains, demand].map((one) => one.stop()), backend.close()]);
});

test('a request is found again, with its Mapping, its cluster and its backend', async (t) => {
  await gateway.ask({
    path: '/shop/socks?token=secret',
    host: 'example.com',
    headers: { 'user-agent': 'curl' },
  });
  const found = await line(gateway, ({ path }) => path === '/shop/socks');
  t.deepEqual(Object.keys(found), Object.keys(defaultFields).toSorted());
  t.like(found, {
    method: 'GET',
    authority: 'example.com',
    protocol: 'HTTP/1.1',
    response_code: 200,
    response_flags: '-',
    response_code_details: 'via_upstream',
    user_agent: 'curl',
    route_name: 'Mapping default/shop',
    virtual_host: '*',
    upstream_host: `127.0.0.1:${backend.port}`,
    requested_server_name: null,
  });
  t.is(found['upstream_cluster'], `127_0_0_1_${backend.port}`);
  t.is(typeof found['duration'], 'number');
  t.regex(String(found['request_id']), /^[0-9a-f-]{36}$/);
  t.false(gateway.output().includes('secret'), 'no query is written');
});

test('a request that no route takes is written down', async (t) => {
  await gateway.ask({ path: '/nowhere' });
  const found = await line(gateway, ({ path }) => path === '/nowhere');
  t.like(found, { response_code: 404, response_flags: 'NR', route_name: null });
});

/** Bytes that clients may put where a text is expected, each with what tells the requests apart. */
const hostile: readonly Buffer[] = [
  ...Array.from({ length: 256 }, (_, byte) => Buffer.from([0x61, byte, 0x62])),
  ...[
    '"}\n{"a":"',
    '\\',
    '\\"',
    '\\u0000',
    '%REQ(a)%',
    '\u2028\u2029',
    '😀',
    '\ufffe',
    '</script>',
  ].map((text) => Buffer.from(text)),
  ...[
    [0xc3, 0x28],
    [0xe2, 0x82],
    [0xed, 0xa0, 0x80],
    [0xf0, 0x9f, 0x98],
    [0xf4, 0x90, 0x80, 0x80],
    [0xc0, 0xaf],
    [0xff, 0xfe, 0xfd],
  ].map((bytes) => Buffer.from(bytes)),
  Buffer.alloc(4000, '"\\'),
];

/** Some of them in place of the name of a server. */
const notNames = hostile.filter(({ length }, i) => length < 100 && (i % 16 === 0 || i > 256));

/** Text as it is, other bytes as the characters of their numbers. */
const shown = (bytes: Buffer): string => {
  try {
    return utf8.decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
};

test('whatever a client sends as a header, a path or a name, there is a line of valid JSON', async (t) => {
  const { http } = gateway.ports;
  let refused = 0;
  for (const [i, bytes] of hostile.entries()) {
    const end = Buffer.from('\r\nconnection: close\r\n\r\n');
    const request = (target: Buffer, host: Buffer, agent: Buffer): Buffer =>
      Buffer.concat([
        ...[Buffer.from('GET '), target, Buffer.from(' HTTP/1.1\r\nhost: '), host],
        ...[Buffer.from('\r\nuser-agent: '), agent, end],
      ]);
    const [target, host, agent] = ['path', 'host', 'agent'].map((at) =>
      Buffer.from(`/${at}/${i}/`),
    );
    if (target === undefined || host === undefined || agent === undefined) return;
    for (const sending of [
      request(agent, Buffer.from('a'), bytes),
      request(Buffer.concat([target, bytes]), Buffer.from('a'), target),
      request(host, bytes, Buffer.from('curl')),
    ])
      if (/^HTTP\/1.1 400/.test(await send(http, sending))) refused += 1;
  }
  t.true(refused > 0, 'Envoy itself refuses some');
  await gateway.ask({ path: '/the-last' });
  await line(gateway, ({ path }) => path === '/the-last');
  const lines = linesOf(gateway);
  for (const one of lines) t.is(Object.keys(one).length, Object.keys(defaultFields).length);
  t.true(lines.filter((one) => one['response_code'] === 400).length >= refused);
  for (const [i, bytes] of hostile.entries()) {
    // Envoy reads over a carriage return in the midst of a line.
    const agent = lines.find(({ path }) => path === `/agent/${i}/`)?.['user_agent'];
    if (agent !== undefined) t.is(agent, shown(bytes).replace('\r', ''), `${i}`);
  }
  t.true(lines.filter(({ path }) => String(path).startsWith('/agent/')).length > 200);
});

for (const [layout, tls] of Object.entries({ chains, demand })) {
  test(`${layout}: a handshake says for whom it was, and why it failed`, async (t) => {
    const { https } = tls.ports;
    await tls.ask({ sni: 'one.example', path: '/over-tls' });
    t.like(await line(tls, ({ path }) => path === '/over-tls'), {
      requested_server_name: 'one.example',
      virtual_host: 'one.example',
      downstream_tls_version: 'TLSv1.3',
      route_name: 'Mapping default/all',
    });
    await t.throwsAsync(tls.ask({ sni: 'nobody.example' }));
    const nobody = await line(tls, (one) => one['requested_server_name'] === 'nobody.example');
    t.like(nobody, { response_code: 0, method: null, route_name: null });
    for (const bytes of notNames) (await sent(https, await clientHello(bytes))).end();
    await send(https, Buffer.from('no handshake\r\n\r\n')).catch(() => '');
    await tls.ask({ sni: 'one.example', path: '/the-last' });
    await line(tls, ({ path }) => path === '/the-last');
  });
}

test('a Gateway has the same log', async (t) => {
  const { other } = gateway.ports;
  await gateway.apply(
    'gateway.yaml',
    ourClass +
      gatewayOf([cleartext('web', other)]) +
      httpRoute('blue', `rules: [${rule('/blue', 'none')}]`),
  );
  await gateway.ask({ port: other, path: '/blue' });
  t.like(await line(gateway, ({ path }) => path === '/blue'), {
    route_name: 'HTTPRoute default/blue',
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { deregister, register } from '../../_support/consul/a-consul.ts';
import { consulResolver } from '../../_support/consul/consul-manifests.ts';
import { startStandIn, type Misanswer } from '../../_support/consul/stand-in.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { ask } from '../../_support/envoy/ask.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { mapping, openHost } from '../../_support/world/routing-manifests.ts';

const secrets = mkdtempSync(join(tmpdir(), 'headgate-token-'));
const tokenFile = join(secrets, 'token');
writeFileSync(tokenFile, 'first-token\n');
process.env['CONSUL_HTTP_TOKEN_FILE'] = tokenFile;
process.env['HOST_IP'] = '127.0.0.1';

const one = await startBackend({ name: 'one', port: 0 });
const two = await startBackend({ name: 'two', port: 0 });
const consul = await startStandIn();
const other = await startStandIn();
const journal = join(secrets, 'journal.ndjson');
const gateway = await aGateway(openHost, ['--record', journal]);
test.after.always(async () => {
  await Promise.all([gateway.stop(), consul.stop(), other.stop(), one.close(), two.close()]);
  rmSync(secrets, { recursive: true });
});

const resolver = 'ConsulResolver default/dc1';

const answers = async (path: string): Promise<string> => {
  const { status, said } = await gateway.ask({ path });
  return said.service ?? String(status);
};

const answering = async (path: string, expected: string): Promise<void> => {
  await eventually(`${expected} answers ${path}`, async () => (await answers(path)) === expected);
};

const saying = async (expected: RegExp): Promise<void> => {
  await eventually(`the resolver says ${expected.source}`, async () =>
    (await gateway.problems(resolver)).some(({ message }) => expected.test(message)),
  );
};

const well = async (): Promise<void> => {
  await eventually('nothing is wrong', async () => (await gateway.problems(resolver)).length === 0);
};

test.before(async () => {
  await register(consul, { id: 'shop-1', name: 'shop', port: one.port });
  await gateway.apply(
    'shop.yaml',
    consulResolver('dc1', '${HOST_IP}:' + consul.address.split(':')[1]) +
      mapping('shop', 'shop', 'prefix: /shop/, resolver: dc1'),
  );
  await answering('/shop/', 'one');
});

const misanswers: readonly (readonly [string, Misanswer, RegExp])[] = [
  [
    'an error',
    (response) => {
      response.statusCode = 500;
      response.end('No cluster leader');
    },
    /service shop: it answered 500: No cluster leader, since/,
  ],
  [
    'an error that repeats the token',
    (response) => {
      response.statusCode = 403;
      response.end('Permission denied: first-token');
    },
    /service shop: it answered 403, since/,
  ],
  [
    'a redirect to another agent, which is not followed',
    (response, path) => {
      response.writeHead(301, { location: `http://${other.address}${path}` }).end();
    },
    /service shop: it answered 301, since/,
  ],
  [
    'an answer that is cut off',
    (response) => {
      response.write('[{');
      response.destroy();
    },
    /service shop: (aborted|socket hang up|.*ECONNRESET), since/,
  ],
  ['what is no list', (response) => response.end('{}'), /no list of instances of a service, since/],
  [
    'a huge answer',
    (response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(' '.repeat(1_000_000)));
      };
      response.on('drain', more);
      more();
    },
    /the answer is larger than 8388608 bytes, since/,
  ],
  [
    'more instances than there may be',
    (response) => {
      const entry = { Node: { Address: '10.0.0.1' }, Service: { Address: '', Port: 1 } };
      response.end(JSON.stringify(Array.from({ length: 5001 }, () => entry)));
    },
    /5001 instances, more than 5000, since/,
  ],
];

for (const [name, how, expected] of misanswers)
  test.serial(`${name} takes nothing away, and is said until it is over`, async (t) => {
    consul.misanswers(how);
    await saying(expected);
    t.is(await answers('/shop/'), 'one');
    t.deepEqual(other.asked(), []);
    consul.misanswers(undefined);
    await well();
    t.is(await answers('/shop/'), 'one');
  });

test.serial('an index that goes backwards begins anew, and nothing is missed', async (t) => {
  consul.setIndex(5000);
  await eventually('it waits at the high index', () =>
    consul.asked().some(({ path }) => path.includes('index=5000')),
  );
  consul.setIndex(3);
  await eventually('it asks without an index', () =>
    consul.asked().some(({ path }) => !path.includes('index=')),
  );
  await register(consul, { id: 'shop-2', name: 'shop', port: two.port });
  await deregister(consul, 'shop-1');
  await answering('/shop/', 'two');
  await register(consul, { id: 'shop-1', name: 'shop', port: one.port });
  await deregister(consul, 'shop-2');
  await answering('/shop/', 'one');
  t.pass();
});

test.serial('many Mappings of one service are one question, and none is one', async (t) => {
  const many = (count: number): string =>
    Array.from({ length: count }, (_, i) =>
      mapping(`m${i}`, 'shop', `prefix: /m${i}/, resolver: dc1, connect_timeout_ms: ${1000 + i}`),
    ).join('');
  await gateway.apply('many.yaml', many(20));
  await answering('/m19/', 'one');
  t.is(consul.waiting(), 1);
  await gateway.apply('many.yaml', mapping('pay', 'pay', 'prefix: /pay/, resolver: dc1'));
  await eventually('both are asked for', () => consul.waiting() === 2);
  await gateway.remove('many.yaml');
  await eventually('one is asked for', () => consul.waiting() === 1);
});

test.serial(
  'when the address is edited, nothing fails until the new one has answered',
  async (t) => {
    const edited = consulResolver('dc1', other.address);
    other.misanswers(() => undefined);
    await gateway.apply(
      'shop.yaml',
      edited + mapping('shop', 'shop', 'prefix: /shop/, resolver: dc1'),
    );
    await eventually('the new one is asked', () => other.asked().length > 0);
    t.is(await answers('/shop/'), 'one');
    t.is(consul.waiting(), 0);
    await register(other, { id: 'shop-9', name: 'shop', port: two.port });
    other.misanswers(undefined);
    await answering('/shop/', 'two');
    await gateway.apply(
      'shop.yaml',
      consulResolver('dc1', consul.address) +
        mapping('shop', 'shop', 'prefix: /shop/, resolver: dc1'),
    );
    await answering('/shop/', 'one');
  },
);

test.serial('an unknown data centre is said', async (t) => {
  await gateway.apply(
    'west.yaml',
    consulResolver('west', consul.address, 'west') +
      mapping('west', 'shop', 'prefix: /west/, resolver: west'),
  );
  await eventually('it is said', async () =>
    (await gateway.problems('ConsulResolver default/west')).some(({ message }) =>
      message.includes('it answered 500: No path to datacenter'),
    ),
  );
  t.is(await answers('/west/'), '503');
  await gateway.remove('west.yaml');
  await eventually(
    'it is not said any more',
    async () => (await gateway.problems('ConsulResolver default/west')).length === 0,
  );
});

test.serial('the token is that of the file, and its next one too; no journal has it', async (t) => {
  consul.asked();
  writeFileSync(tokenFile, 'second-token\n');
  await register(consul, { id: 'shop-1', name: 'shop', port: one.port });
  await eventually('the new token is sent', () =>
    consul.asked().some(({ token }) => token === 'second-token'),
  );
  const written = readFileSync(journal, 'utf8') + gateway.log().join('\n');
  t.true(written.includes('ConsulAnswered'));
  t.false(/(first|second)-token/.test(written));
});

test.serial('how many services are followed is a metric', async (t) => {
  const { body } = await ask({ port: gateway.adminPort, path: '/metrics' });
  t.regex(body, /^headgate_consul_services\{state="answered"\} 1$/m);
  t.regex(body, /^headgate_consul_services\{state="failing"\} 0$/m);
});

test.serial('what is no address of a service in an answer is left out, and said', async (t) => {
  await register(consul, { id: 'bad-1', name: 'bad', address: '169.254.169.254', port: 80 });
  await register(consul, { id: 'bad-2', name: 'bad', address: 'web.example', port: 80 });
  await register(consul, { id: 'bad-3', name: 'bad', port: two.port });
  await gateway.apply('bad.yaml', mapping('bad', 'bad', 'prefix: /bad/, resolver: dc1'));
  await answering('/bad/', 'two');
  const messages = (await gateway.problems(resolver)).map(({ message }) => message);
  t.is(messages.length, 2);
  t.regex(
    messages[0] ?? '',
    /IP addresses of the instances of bad; this one is left out, got "169.254.169.254"/,
  );
  t.regex(messages[1] ?? '', /got "web.example", port 80/);
  await gateway.remove('bad.yaml');
  await well();
});

import { Agent } from 'node:http';

import test, { type ExecutionContext } from 'ava';

import { guardEffects } from '../../../src/problem/guard-effects.ts';
import { startNotingBackend } from '../../_support/envoy/noting-backend.ts';
import { aGateway, type Gateway } from '../../_support/envoy/a-gateway.ts';
import { host, mapping, openHost } from '../../_support/world/routing-manifests.ts';

/** An object of Emissary; its spec in flow style. */
const object = (kind: string, name: string, spec: string): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: ${kind}
metadata: { name: ${name} }
spec: { ${spec} }
`;

const auth = (spec = 'proto: http'): string =>
  object('AuthService', 'auth', `auth_service: '127.0.0.1:9', ${spec}`);

const limits = (spec: string): string =>
  object('RateLimitService', 'limits', `service: '127.0.0.1:9', protocol_version: v2, ${spec}`);

const gatewayModule = (config: string): string =>
  object('Module', 'ambassador', `config: { ${config} }`);

const labels = (domain: string): string =>
  `labels: { ${domain}: [{ all: [{ remote_address: { key: remote_address } }] }] }`;

const backend = await startNotingBackend();

const routes = (port: number): string =>
  mapping('plain', port, "prefix: /plain/, rewrite: ''") +
  mapping('open', port, "prefix: /open/, rewrite: '', bypass_auth: true") +
  mapping('labelled', port, `prefix: /labelled/, rewrite: '', ${labels('ambassador')}`) +
  mapping('elsewhere', port, `prefix: /elsewhere/, rewrite: '', ${labels('other')}`) +
  mapping('moved', 'other.example', 'prefix: /moved/, host_redirect: true') +
  mapping('below', port, "prefix: /, rewrite: ''");

const world = (ports: Gateway['ports']): string =>
  openHost(ports) + host('secure.example', '', 'name: secure') + routes(backend.port);

const paths = ['/plain/', '/open/', '/labelled/', '/elsewhere/', '/moved/', '/else/'] as const;

const [gateway, closed, unguarded] = [
  await aGateway(world),
  await aGateway((ports) => world(ports) + auth('proto: htp')),
  await aGateway(
    (ports) => world(ports) + auth('proto: htp') + limits('failure_mode_deny: true'),
    ['--serve-unguarded'],
  ),
];
test.after.always(async () => {
  await Promise.all([gateway.stop(), closed.stop(), unguarded.stop(), backend.close()]);
});

/** The status for each path, and which of them reached the backend. */
const statuses = async ({ ask }: Gateway) => {
  backend.reached();
  const answers = [];
  for (const path of paths) answers.push((await ask({ path })).status);
  return { answers, reached: backend.reached() };
};

const everything = {
  answers: [200, 200, 200, 200, 301, 200],
  reached: ['/plain/', '/open/', '/labelled/', '/elsewhere/', '/else/'],
};

/** With these manifests the paths are answered so; without them as before. */
const closing = test.macro(
  async (t: ExecutionContext, manifests: string, answers: readonly number[]) => {
    t.deepEqual(await statuses(gateway), everything);
    await gateway.apply('guard.yaml', manifests);
    t.deepEqual(await statuses(gateway), {
      answers,
      reached: paths.filter((_, i) => answers[i] === 200),
    });
    await gateway.remove('guard.yaml');
    t.deepEqual(await statuses(gateway), everything);
  },
);

const open = [200, 200, 200, 200, 301, 200];
const unchecked = [503, 200, 503, 503, 301, 503];
const labelled = [200, 200, 503, 200, 301, 200];

const unread = auth('proto: htp');

test.serial(
  'an AuthService that cannot be read closes all but bypass_auth and redirects',
  closing,
  unread,
  unchecked,
);

test.serial(
  'so does one with a version of the protocol that there is no more',
  closing,
  auth('proto: grpc'),
  unchecked,
);

test.serial(
  'so does one whose service is to be verified in a way that is not known',
  closing,
  auth('tls: nowhere, failure_mode_allow: true'),
  unchecked,
);

test.serial(
  'so does one beside another that can be asked',
  closing,
  auth() + object('AuthService', 'other', "auth_service: '127.0.0.1:9', proto: htp"),
  unchecked,
);

test.serial(
  'so does one that does not say what it is called',
  closing,
  object('AuthService', 'Not_A_Name', "auth_service: '127.0.0.1:9'"),
  unchecked,
);

test.serial(
  'so does one in the manner of old versions',
  closing,
  object('Module', 'authentication', "config: { auth_service: '127.0.0.1:9', proto: htp }"),
  unchecked,
);

test.serial(
  'an AuthService of another installation closes nothing',
  closing,
  auth('ambassador_id: [other], proto: grpc'),
  open,
);

test.serial(
  'a RateLimitService with failure_mode_deny that cannot be asked closes what has labels of its domain',
  closing,
  limits('failure_mode_deny: true'),
  labelled,
);

test.serial(
  'the domain of a RateLimitService can be another',
  closing,
  limits('failure_mode_deny: true, domain: other'),
  [200, 200, 200, 503, 301, 200],
);

test.serial(
  'a Module says which domain it is where none is named; what has no labels gets none by default',
  closing,
  limits('failure_mode_deny: true') +
    gatewayModule(
      'default_label_domain: other, default_labels: { other: { defaults: [{ remote_address: { key: remote_address } }] } }',
    ),
  [200, 200, 200, 503, 301, 200],
);

test.serial('without failure_mode_deny it closes nothing', closing, limits('timeout_ms: 20'), open);

test.serial(
  'a RateLimitService that cannot be read closes what has any labels',
  closing,
  limits('timeout_ms: soon'),
  [200, 200, 503, 503, 301, 200],
);

test.serial(
  'a Module of another name closes nothing',
  closing,
  object('Module', 'other', 'config: { ip_deny: [{ peer: 127.0.0.0/8 }] }'),
  open,
);

test.serial('a Host sends requests to https as before', async (t) => {
  await gateway.apply('guard.yaml', auth());
  const { status, headers } = await gateway.ask({ host: 'secure.example', path: '/plain/' });
  await gateway.remove('guard.yaml');
  t.is(status, 301);
  t.is(headers.location, 'https://secure.example/plain/');
});

test.serial(
  'an open connection is closed to guarded requests at once, and no listener changes',
  async (t) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    t.teardown(() => agent.destroy());
    const status = async () => (await gateway.ask({ path: '/plain/', agent })).status;
    const listeners = async () =>
      Object.fromEntries(await gateway.envoy.stats('listener_manager.(listener_|total_)'));
    t.is(await status(), 200);
    const [socket] = Object.values(agent.freeSockets).flat();
    const before = await listeners();

    await gateway.apply('guard.yaml', unread);

    t.is(await status(), 503);
    t.is(Object.values(agent.freeSockets).flat()[0], socket);
    await gateway.remove('guard.yaml');
    t.is(await status(), 200);
    t.is(Object.values(agent.freeSockets).flat()[0], socket);
    t.deepEqual(await listeners(), before);
  },
);

test.serial('a typo in an AuthService that was read leaves it as it was', async (t) => {
  const answers = [403, 200, 403, 403, 301, 403];
  await gateway.apply('guard.yaml', auth());
  t.deepEqual((await statuses(gateway)).answers, answers);
  await gateway.apply('guard.yaml', auth('timeout_ms: soon'));
  t.deepEqual((await statuses(gateway)).answers, answers);
  await gateway.remove('guard.yaml');
  t.deepEqual(await statuses(gateway), everything);
});

test.serial('a copy of a request that is answered 503 is not sent', async (t) => {
  const copied = mapping('copies', backend.port, "prefix: /plain/, rewrite: '', shadow: true");
  await gateway.apply('guard.yaml', unread + copied);
  t.deepEqual((await statuses(gateway)).reached, ['/open/']);
  await gateway.remove('guard.yaml');
});

test.serial(
  'an AuthService that could never be read is closed from the first request on',
  async (t) => {
    t.deepEqual(await statuses(closed), { answers: unchecked, reached: ['/open/'] });
    t.like(await closed.problems('AuthService default/auth'), [
      { problem: 'InvalidField' },
      { problem: 'GuardUnusable', message: guardEffects.UncheckedRefused },
    ]);
  },
);

test.serial('an operator can let requests pass unguarded, and every guard says so', async (t) => {
  t.deepEqual(await statuses(unguarded), everything);
  const told = { severity: 'opens', message: guardEffects.Unguarded } as const;
  t.like(await unguarded.problems('AuthService default/auth'), [{ problem: 'InvalidField' }, told]);
  t.like(await unguarded.problems('RateLimitService default/limits'), [
    told,
    { field: 'spec.protocol_version' },
  ]);
});

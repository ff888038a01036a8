import test from 'ava';

import { startBackend } from '../../../../src/edge/example-backends.ts';
import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { eventually } from '../../../_support/envoy/supervised-envoy.ts';
import { startRateLimitService } from '../../../_support/service/a-rate-limit-service.ts';
import { authService, rateLimitService } from '../../../_support/service/auth-manifests.ts';
import { byToken, startHttpAuthServer } from '../../../_support/service/http-auth-server.ts';
import { mapping, openHost } from '../../../_support/world/routing-manifests.ts';

const [one, two] = [
  await startBackend({ name: 'one', port: 0 }),
  await startBackend({ name: 'two', port: 0 }),
];
const [slow, other] = [await startHttpAuthServer(), await startHttpAuthServer()];
const [limits, otherLimits] = [await startRateLimitService(), await startRateLimitService()];

const shop = ({ port }: { readonly port: number }): string =>
  mapping(
    'shop',
    port,
    "prefix: /, rewrite: '', labels: { ambassador: [{ all: [{ generic_key: { value: all } }] }] }",
  );
const auth = ({ port }: { readonly port: number }, more = 'timeout_ms: 30000'): string =>
  authService('auth', port, more);

const gateway = await aGateway(openHost);
test.beforeEach(async () => {
  for (const { says } of [slow, other]) says(byToken);
  await gateway.apply('shop.yaml', shop(one));
  await gateway.apply('auth.yaml', auth(slow));
});
test.after.always(async () => {
  await gateway.stop();
  for (const { kill } of [limits, otherLimits]) kill();
  await Promise.all([one.close(), two.close(), slow.kill(), other.kill()]);
});

/** A request that the slow service is being asked about; it answers when it is told to. */
const underWay = async (authorization = 'good') => {
  const { promise: told, resolve: tell } = Promise.withResolvers<void>();
  slow.asked();
  slow.says(async (asked) => {
    await told;
    return byToken(asked);
  });
  const answer = (async () => {
    const { status, headers } = await gateway.ask({
      path: '/a',
      headers: { authorization },
    });
    return `${status} ${headers['x-service'] ?? 'nobody'}`;
  })();
  await eventually('the slow service is asked', () => slow.asked().length > 0);
  return { answer, tell };
};

test.serial('a request that somebody is asked about goes on when somebody else is', async (t) => {
  const { answer, tell } = await underWay();
  await gateway.apply('auth.yaml', auth(other));
  tell();
  t.is(await answer, '200 one');
});

test.serial('one that may not pass does not, where a failing service lets pass', async (t) => {
  const allow = 'timeout_ms: 30000, failure_mode_allow: true';
  await gateway.apply('auth.yaml', auth(slow, allow));
  const { answer, tell } = await underWay('bad');
  await gateway.apply('auth.yaml', auth(other, allow));
  tell();
  t.is(await answer, '401 nobody');
});

test.serial('a request that somebody is asked about goes where it was to go', async (t) => {
  const { answer, tell } = await underWay();
  await gateway.apply('shop.yaml', shop(two));
  tell();
  t.is(await answer, '200 one');
  t.is(
    (await gateway.ask({ path: '/a', headers: { authorization: 'good' } })).headers['x-service'],
    'two',
  );
});

test.serial('one of which there are too many is refused when another service counts', async (t) => {
  await gateway.apply('limits.yaml', rateLimitService('limits', limits.port));
  const headers = { authorization: 'good' };
  await eventually('the service is asked', async () => {
    await gateway.ask({ path: '/a', headers });
    return limits.asked().length > 0;
  });
  limits.limits(() => true);
  limits.answers('late');
  const answer = gateway.ask({ path: '/a', headers });
  await eventually('the slow service is asked', () => limits.asked().length > 0);
  await gateway.apply('limits.yaml', rateLimitService('limits', otherLimits.port));
  t.is((await answer).status, 429);
});

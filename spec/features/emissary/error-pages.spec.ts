import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { mapping, moduleOf, openHost } from '../../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const pages = (text: string): string =>
  `error_response_overrides: [{ on_status_code: 503, body: { text_format: "${text}" } }]`;
const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    mapping('own', a.port, `prefix: /own/, ${pages('own %RESPONSE_CODE%')}`) +
    mapping('plain', a.port, 'prefix: /plain/') +
    mapping('bypassing', a.port, 'prefix: /bypassing/, bypass_error_response_overrides: true'),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close()]);
});

const module = async (config: string): Promise<void> =>
  await gateway.apply('module.yaml', moduleOf(config));

/** What a Mapping answers in place of a 503; `said` where the backend's own answer came. */
const errorOf = async (name: string): Promise<string> => {
  const { status, body, said } = await gateway.ask({ path: `/${name}/status/503` });
  return `${status} ${said.service === undefined ? body : 'said'}`;
};

test('errors have the pages of their Mapping, else those of the Module, and edits are hot', async (t) => {
  t.is(await errorOf('own'), '503 own 503');
  t.is(await errorOf('plain'), '503 said');

  await module(pages('of all'));
  const { Listener: before } = await gateway.pushes();
  t.is(await errorOf('own'), '503 own 503');
  t.is(await errorOf('plain'), '503 of all');
  t.is(await errorOf('bypassing'), '503 said');

  await module(pages('of everybody'));
  t.is(await errorOf('plain'), '503 of everybody');
  t.is((await gateway.ask({ path: '/plain/' })).said.service, 'a');
  const { Listener: after } = await gateway.pushes();
  t.is(after, before);
});

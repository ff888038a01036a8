import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aGateway } from '../_support/envoy/a-gateway.ts';
import { freePort } from '../_support/process/free-port.ts';
import { bareMapping, host, listener, mapping } from '../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const b = await startBackend({ name: 'b', port: 0 });
const open = 'requestPolicy: { insecure: { action: Route } }';
const binding = (value: string, name: string, port: number): string =>
  listener(name, port).replace('{ namespace: { from: ALL } }', value);

/** Three Listeners: all Hosts, those of the namespace `default`, those with a label. */
const gateway = await aGateway(
  ({ http, https, other }) =>
    listener('all', http) +
    binding('{ namespace: { from: SELF } }', 'own', https) +
    binding('{ selector: { matchLabels: { port: other } } }', 'labelled', other) +
    mapping('everywhere', a.port, 'prefix: /everywhere/'),
);
const { http, https, other } = gateway.ports;
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), b.close()]);
});

/** The statuses on the three Listeners. */
const onEach = async (name: string): Promise<readonly number[]> =>
  await Promise.all(
    [http, https, other].map(
      async (port) => (await gateway.ask({ port, host: name, path: '/everywhere/' })).status,
    ),
  );

test('a Listener takes the Hosts of all namespaces, of its own, or with its labels', async (t) => {
  await gateway.apply(
    'hosts.yaml',
    host('own.example', open) +
      host('foreign.example', open, 'name: foreign, namespace: elsewhere') +
      host(
        'labelled.example',
        open,
        'name: labelled, namespace: elsewhere, labels: { port: other }',
      ),
  );
  t.deepEqual(await onEach('own.example'), [200, 200, 404]);
  t.deepEqual(await onEach('foreign.example'), [200, 404, 404]);
  t.deepEqual(await onEach('labelled.example'), [200, 404, 200]);
});

test('a Host with a mappingSelector takes the Mappings with its labels and no others', async (t) => {
  await gateway.apply(
    'selector.yaml',
    host('red.example', `${open}, mappingSelector: { matchLabels: { team: red } }`) +
      bareMapping('red', a.port, 'prefix: /team/', 'name: red, labels: { team: red }') +
      bareMapping('blue', b.port, 'prefix: /team/', 'name: blue, labels: { team: blue }') +
      bareMapping(
        'blue2',
        b.port,
        'prefix: /blue/, hostname: "*"',
        'name: blue2, labels: { team: blue }',
      ),
  );
  t.is((await gateway.ask({ host: 'red.example', path: '/team/' })).said.service, 'a');
  t.is((await gateway.ask({ host: 'red.example', path: '/blue/' })).status, 404);
  t.is((await gateway.ask({ host: 'red.example', path: '/everywhere/' })).status, 404);
  t.like(await gateway.problems('Mapping default/blue'), [{ problem: 'NotAttached' }]);
});

test('two Hosts with one prefix and different selectors each reach their own Mapping', async (t) => {
  await gateway.apply(
    'two-selectors.yaml',
    host('left.example', `${open}, mappingSelector: { matchLabels: { side: left } }`) +
      host('right.example', `${open}, mappingSelector: { matchLabels: { side: right } }`) +
      bareMapping('left', a.port, 'prefix: /side/', 'name: left, labels: { side: left }') +
      bareMapping('right', b.port, 'prefix: /side/', 'name: right, labels: { side: right }'),
  );
  t.is((await gateway.ask({ host: 'left.example', path: '/side/' })).said.service, 'a');
  t.is((await gateway.ask({ host: 'right.example', path: '/side/' })).said.service, 'b');
});

test('objects of another installation are not ours', async (t) => {
  await gateway.apply(
    'ids.yaml',
    host('id.example', open) +
      mapping('theirs', a.port, 'prefix: /theirs/, ambassador_id: [theirs]') +
      mapping('shared', a.port, 'prefix: /shared/, ambassador_id: [theirs, default]') +
      mapping('anyone', a.port, 'prefix: /anyone/, ambassador_id: [_automatic_]') +
      mapping('unlisted', a.port, 'prefix: /unlisted/, ambassador_id: []'),
  );
  const status = async (path: string) => (await gateway.ask({ host: 'id.example', path })).status;
  t.is(await status('/theirs/'), 404);
  t.is(await status('/shared/'), 200);
  t.is(await status('/anyone/'), 200);
  t.is(await status('/unlisted/'), 200);
});

test('of two Hosts with one hostname the first by name counts, and the other says so', async (t) => {
  await gateway.apply(
    'twice.yaml',
    host('twice.example', open, 'name: twice-a') +
      host('twice.example', 'requestPolicy: { insecure: { action: Reject } }', 'name: twice-b'),
  );
  t.is((await gateway.ask({ host: 'twice.example', path: '/everywhere/' })).status, 200);
  t.like(await gateway.problems('Host default/twice-b'), [
    { problem: 'Conflict', field: 'spec.hostname' },
  ]);
  t.deepEqual(await gateway.problems('Host default/twice-a'), []);
});

test('a Listener that is added opens its port', async (t) => {
  await gateway.apply('late.yaml', host('late.example', open));
  const port = await freePort();
  const asked = { port, host: 'late.example', path: '/everywhere/' };
  await t.throwsAsync(gateway.ask(asked), { code: 'ECONNREFUSED' });
  await gateway.apply('late-listener.yaml', listener('late', port));
  t.is((await gateway.ask(asked)).status, 200);
});

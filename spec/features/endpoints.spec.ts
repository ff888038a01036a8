import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aGateway } from '../_support/envoy/a-gateway.ts';
import { freePort } from '../_support/process/free-port.ts';
import { mapping, openHost, service, slice } from '../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const b = await startBackend({ name: 'b', host: '127.0.0.2', port: a.port });
const six = await startBackend({ name: 'six', host: '::1', port: await freePort() });
const gateway = await aGateway(openHost);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), b.close(), six.close()]);
});

/** The services that answer a few requests. */
const whoAnswers = async (path: string): Promise<readonly (string | number)[]> => {
  const met = new Set<string | number>();
  for (let i = 0; i < 6; i++) {
    const { said, status } = await gateway.ask({ path });
    met.add(said.service ?? status);
  }
  return [...met].sort();
};

const endpoints = (...list: readonly string[]): string =>
  `ports: [{ port: ${a.port} }]\nendpoints: [${list.join(', ')}]`;

test.serial('scaling touches endpoints and nothing else, down to none and back', async (t) => {
  const scaled = async (...list: readonly string[]) =>
    await gateway.apply('web-slice.yaml', slice('web-1', 'web', endpoints(...list)));
  await scaled('{ addresses: [127.0.0.1] }');
  await gateway.apply(
    'web.yaml',
    service('web') + mapping('web', 'web', 'prefix: /web/, resolver: endpoint'),
  );
  t.deepEqual(await whoAnswers('/web/'), ['a']);
  const { Endpoints: before = 0, ...others } = await gateway.pushes();

  await scaled('{ addresses: [127.0.0.1] }', '{ addresses: [127.0.0.2] }');
  t.deepEqual(await whoAnswers('/web/'), ['a', 'b']);
  await scaled();
  t.deepEqual(await whoAnswers('/web/'), [503]);
  await scaled('{ addresses: [127.0.0.2] }');
  t.deepEqual(await whoAnswers('/web/'), ['b']);

  t.deepEqual(await gateway.pushes(), { ...others, Endpoints: before + 3 });
});

test.serial('endpoints that are not ready get nothing', async (t) => {
  await gateway.apply(
    'ready.yaml',
    service('ready') +
      slice(
        'ready-1',
        'ready',
        endpoints(
          '{ addresses: [127.0.0.1], conditions: { ready: false } }',
          '{ addresses: [127.0.0.2], conditions: { ready: true } }',
        ),
      ) +
      mapping('ready', 'ready', 'prefix: /ready/, resolver: endpoint'),
  );
  t.deepEqual(await whoAnswers('/ready/'), ['b']);
});

test.serial('where all are ending, those that still serve do', async (t) => {
  await gateway.apply(
    'ending.yaml',
    service('ending') +
      slice(
        'ending-1',
        'ending',
        endpoints(
          '{ addresses: [127.0.0.1], conditions: { ready: false, serving: true, terminating: true } }',
          '{ addresses: [127.0.0.2], conditions: { ready: false, serving: false, terminating: true } }',
        ),
      ) +
      mapping('ending', 'ending', 'prefix: /ending/, resolver: endpoint'),
  );
  t.deepEqual(await whoAnswers('/ending/'), ['a']);
});

test.serial('several slices of one Service add up', async (t) => {
  await gateway.apply(
    'slices.yaml',
    service('slices') +
      slice('slices-1', 'slices', endpoints('{ addresses: [127.0.0.1] }')) +
      slice('slices-2', 'slices', endpoints('{ addresses: [127.0.0.2] }')) +
      mapping('slices', 'slices:80', 'prefix: /slices/, resolver: endpoint'),
  );
  t.deepEqual(await whoAnswers('/slices/'), ['a', 'b']);
});

test.serial('a port of a Service is found in the slice by its name', async (t) => {
  await gateway.apply(
    'named.yaml',
    service(
      'named',
      'ports: [{ name: admin, port: 81 }, { name: web, port: 8080, targetPort: web }]',
    ) +
      slice(
        'named-1',
        'named',
        `ports: [{ name: admin, port: 1 }, { name: web, port: ${a.port} }]
endpoints: [{ addresses: [127.0.0.1] }]`,
      ) +
      mapping('named', 'named:8080', 'prefix: /named/, resolver: endpoint') +
      mapping('missing', 'named:99', 'prefix: /missing/, resolver: endpoint'),
  );
  t.deepEqual(await whoAnswers('/named/'), ['a']);
  t.deepEqual(await whoAnswers('/missing/'), [503]);
  t.like(await gateway.problems('Mapping default/missing'), [{ problem: 'PortNotFound' }]);
});

test.serial('of a dual-stack Service the first family that has an endpoint is used', async (t) => {
  const v6 = `ports: [{ port: ${six.port} }]\nendpoints: [{ addresses: ['::1'] }]`;
  const v4 = slice('dual-4', 'dual', endpoints('{ addresses: [127.0.0.1] }'));
  const rest =
    service('dual', 'ipFamilies: [IPv6, IPv4], ports: [{ port: 80 }]') +
    mapping('dual', 'dual', 'prefix: /dual/, resolver: endpoint');
  await gateway.apply('dual.yaml', rest + v4 + slice('dual-6', 'dual', v6, 'IPv6'));
  t.deepEqual(await whoAnswers('/dual/'), ['six']);
  await gateway.apply('dual.yaml', rest + v4);
  t.deepEqual(await whoAnswers('/dual/'), ['a']);
});

test.serial('a resolver object has the name that Mappings use', async (t) => {
  await gateway.apply(
    'resolver.yaml',
    `
apiVersion: getambassador.io/v3alpha1
kind: KubernetesEndpointResolver
metadata: { name: my-endpoints }
` +
      service('own') +
      slice('own-1', 'own', endpoints('{ addresses: [127.0.0.2] }')) +
      mapping('own', 'own.default', 'prefix: /own/, resolver: my-endpoints') +
      mapping('lost', 'own', 'prefix: /lost/, resolver: nobodys'),
  );
  t.deepEqual(await whoAnswers('/own/'), ['b']);
  t.like(await gateway.problems('Mapping default/lost'), [
    { problem: 'NotFound', field: 'spec.resolver' },
  ]);
});

test.serial('the service resolver asks DNS', async (t) => {
  await gateway.apply(
    'dns.yaml',
    mapping('dns', `localhost:${a.port}`, 'prefix: /dns/') +
      mapping('logical', `localhost:${a.port}`, 'prefix: /logical/, dns_type: logical_dns') +
      mapping('nowhere', 'nowhere.invalid', 'prefix: /nowhere/, timeout_ms: 10000'),
  );
  t.deepEqual(await whoAnswers('/dns/'), ['a']);
  t.deepEqual(await whoAnswers('/logical/'), ['a']);
  t.is((await gateway.ask({ path: '/nowhere/' })).status, 503);
});

test.serial('a service with a scheme that is none of HTTP is reached all the same', async (t) => {
  await gateway.apply(
    'scheme.yaml',
    mapping('scheme', `ws://127.0.0.1:${a.port}`, 'prefix: /scheme/'),
  );
  t.deepEqual(await whoAnswers('/scheme/'), ['a']);
  t.like(await gateway.problems('Mapping default/scheme'), [
    { field: 'spec.service', message: 'ws:// is read as http://' },
  ]);
});

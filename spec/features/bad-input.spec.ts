import { createServer } from 'node:http';

import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aGateway } from '../_support/envoy/a-gateway.ts';
import { listening } from '../_support/envoy/a-server.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import {
  listener,
  mapping,
  openHost,
  service,
  slice,
} from '../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const gateway = await aGateway(
  (ports) => openHost(ports) + mapping('steady', a.port, 'prefix: /steady/'),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close()]);
});

const status = async (path: string, port = gateway.ports.http): Promise<number> =>
  (await gateway.ask({ path, port })).status;

test.serial(
  'a file that cannot be parsed keeps what it held, and is reported by line',
  async (t) => {
    await gateway.apply('broken.yaml', mapping('broken', a.port, 'prefix: /broken/'));
    t.is(await status('/broken/'), 200);

    await gateway.apply('broken.yaml', 'kind: Mapping\nmetadata: { name: [\n');
    t.is(await status('/broken/'), 200);
    t.is(await status('/steady/'), 200);
    const [problem] = await gateway.problems('broken.yaml');
    t.is(problem?.problem, 'UnreadableFile');
    t.true((problem?.place?.line ?? 0) >= 2);

    await gateway.apply('broken.yaml', mapping('mended', a.port, 'prefix: /mended/'));
    t.is(await status('/broken/'), 404);
    t.is(await status('/mended/'), 200);
    t.deepEqual(await gateway.problems('broken.yaml'), []);
  },
);

test.serial(
  'a field with a value it cannot have keeps the last good version of its object',
  async (t) => {
    await gateway.apply('field.yaml', mapping('field', a.port, 'prefix: /field/'));
    await gateway.apply(
      'field.yaml',
      mapping('field', a.port, 'prefix: /other/, weight: 1000') +
        mapping('beside', a.port, 'prefix: /beside/'),
    );
    t.is(await status('/field/'), 200);
    t.is(await status('/other/'), 404);
    t.is(await status('/beside/'), 200);
    t.like(await gateway.problems('Mapping default/field'), [
      { problem: 'InvalidField', field: 'spec.weight', got: '1000' },
    ]);
  },
);

test.serial('a field that does not exist is reported, and costs nothing else', async (t) => {
  await gateway.apply(
    'unknown.yaml',
    mapping('unknown', a.port, 'prefix: /unknown/, prefixx: /typo/'),
  );
  t.is(await status('/unknown/'), 200);
  t.like(await gateway.problems('Mapping default/unknown'), [
    { problem: 'UnknownField', field: 'spec.prefixx' },
  ]);
});

test.serial('a prefix that no request can have is reported', async (t) => {
  await gateway.apply(
    'prefix.yaml',
    mapping('slashless', a.port, 'prefix: slashless') +
      mapping('query', a.port, "prefix: '/query?a=b'"),
  );
  for (const name of ['slashless', 'query'])
    t.like(await gateway.problems(`Mapping default/${name}`), [{ field: 'spec.prefix' }]);
});

test.serial('a regular expression that RE2 does not know costs its own Mapping only', async (t) => {
  await gateway.apply(
    'regex.yaml',
    mapping('regex', a.port, "prefix: '/(?=x)', prefix_regex: true") +
      mapping('fine', a.port, 'prefix: /fine/'),
  );
  t.is(await status('/fine/'), 200);
  t.like(await gateway.problems('Mapping default/regex'), [
    { problem: 'InvalidField', field: 'spec.prefix' },
  ]);
});

test.serial(
  'a port that another process has is reported by Listener, and all else serves',
  async (t) => {
    const { other } = gateway.ports;
    const foreign = await listening(createServer(), other);
    t.teardown(foreign.close);
    await gateway.apply(
      'taken.yaml',
      listener('taken', other) + mapping('with-it', a.port, 'prefix: /with-it/'),
    );
    await eventually(
      'the refusal is attributed',
      async () => (await gateway.problems('Listener default/taken')).length > 0,
    );
    const [problem, ...more] = await gateway.problems('Listener default/taken');
    t.deepEqual(more, []);
    t.is(problem?.problem, 'PortUnavailable');
    t.regex(problem?.message ?? '', /[Aa]ddress already in use/);
    t.is(await status('/with-it/'), 200);
    t.is(await status('/steady/'), 200);

    await foreign.close();
    await eventually(
      'the problem is gone',
      async () => (await gateway.problems('Listener default/taken')).length === 0,
    );
    t.is(await status('/steady/', other), 200);
  },
);

test.serial('an address that is none is reported and left out', async (t) => {
  await gateway.apply(
    'slice.yaml',
    service('web') +
      slice(
        'web-1',
        'web',
        `ports: [{ port: ${a.port} }]
endpoints: [{ addresses: [not-an-ip] }, { addresses: ['::1'] }, { addresses: [127.0.0.1] }]`,
      ) +
      slice('web-2', 'web', 'endpoints: [{ addresses: [a.example] }]', 'FQDN') +
      mapping('web', 'web', 'prefix: /web/, resolver: endpoint'),
  );
  for (let i = 0; i < 3; i++) t.is(await status('/web/'), 200);
  t.like(await gateway.problems('EndpointSlice default/web-1'), [
    {
      field: 'endpoints[0].addresses[0]',
      expected: 'an IPv4 address of a service',
      got: '"not-an-ip"',
    },
    { field: 'endpoints[1].addresses[0]', got: '"::1"' },
  ]);
  t.like(await gateway.problems('EndpointSlice default/web-2'), [
    { problem: 'NotYetSupported', field: 'addressType' },
  ]);
});

test.serial('two Listeners on one port: the first by name has it, the other says so', async (t) => {
  await gateway.apply('twice.yaml', listener('later', gateway.ports.http));
  t.is(await status('/steady/'), 200);
  t.like(await gateway.problems('Listener default/later'), [
    { problem: 'Conflict', field: 'spec.port' },
  ]);
  const [{ message = '' } = {}] = await gateway.problems('Listener default/later');
  t.regex(message, /; Listener default\/http wins$/);
});

test.serial('a kind that has no effect says so', async (t) => {
  await gateway.apply(
    'portal.yaml',
    'apiVersion: getambassador.io/v3alpha1\nkind: DevPortal\nmetadata: { name: portal }\nspec: { default: true }\n',
  );
  t.like(await gateway.problems('DevPortal default/portal'), [{ problem: 'Note' }]);
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import test from 'ava';

import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { tempDir } from '../../_support/process/temp-dir.ts';
import { moduleOf, openHost } from '../../_support/world/routing-manifests.ts';

const [gateway, silent] = [
  await aGateway(openHost),
  await aGateway(openHost, ['--access-log', 'off']),
];
test.after.always(async () => {
  await Promise.all([gateway.stop(), silent.stop()]);
});

/** Waits for a text in the access log after a request for a path. */
const writes = async (path: string, text: string): Promise<void> => {
  await gateway.ask({ path });
  await eventually(text, () => `${gateway.output()}`.includes(text));
};

test.serial('a line of text is written as the Module says', async (t) => {
  await gateway.apply(
    'module.yaml',
    moduleOf("envoy_log_format: 'SEEN %PATH(NQ:ORIG_OR_PATH)% by us'"),
  );
  await writes('/one', 'SEEN /one by us\n');
  await gateway.apply('module.yaml', moduleOf('envoy_log_type: text'));
  await writes('/two', '"GET /two HTTP/1.1" 404 NR');
  t.deepEqual(await gateway.problems('Module default/ambassador'), []);
});

test.serial('an object of JSON has the fields that the Module names', async (t) => {
  await gateway.apply(
    'module.yaml',
    moduleOf("envoy_log_type: json, envoy_log_format: { way: '%PATH(NQ:ORIG_OR_PATH)%' }"),
  );
  await writes('/three', '{"way":"/three"}\n');
  t.deepEqual(await gateway.problems('Module default/ambassador'), []);
});

test.serial('it can be written to a file', async (t) => {
  const path = join(await tempDir(t), 'access.log');
  await gateway.apply(
    'module.yaml',
    moduleOf(`envoy_log_path: '${path}', envoy_log_format: 'FILE %PATH(NQ:ORIG_OR_PATH)%'`),
  );
  await gateway.ask({ path: '/four' });
  await eventually(
    'the line is in the file',
    () => existsSync(path) && readFileSync(path, 'utf8').includes('FILE /four\n'),
  );
  t.pass();
});

test.serial(
  'a format with what Envoy does not know is a problem, and nothing else fails',
  async (t) => {
    await gateway.apply('module.yaml', moduleOf("envoy_log_format: '%NO_SUCH_COMMAND%'"));
    t.like(await gateway.problems('Module default/ambassador'), [
      { problem: 'InvalidField', field: 'spec.config.envoy_log_format' },
    ]);
    await gateway.apply('module.yaml', moduleOf('envoy_log_type: json, envoy_log_format: text'));
    t.like(await gateway.problems('Module default/ambassador'), [
      { problem: 'InvalidField', field: 'spec.config.envoy_log_format' },
    ]);
    t.is((await gateway.ask()).status, 404);
  },
);

test.serial('a file that cannot be written is refused, and the Module says so', async (t) => {
  await gateway.apply('module.yaml', moduleOf("envoy_log_path: '/no/such/folder/access.log'"));
  await eventually('the Module is told', async () =>
    (await gateway.problems('Module default/ambassador')).some(
      ({ problem }) => problem === 'RefusedByEnvoy',
    ),
  );
  t.is((await gateway.ask()).status, 404);
  await gateway.remove('module.yaml');
});

test.serial('where the operator writes nothing down, nothing is', async (t) => {
  await silent.apply('module.yaml', moduleOf('envoy_log_type: text'));
  t.like(await silent.problems('Module default/ambassador'), [
    { problem: 'Note', field: 'spec.config.envoy_log_type' },
  ]);
  await silent.ask({ path: '/five' });
  t.false(`${silent.output()}`.includes('/five'));
});

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import test from 'ava';

import { headgate } from '../../../_support/process/headgate.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

const read = async (folder: string, name: string): Promise<unknown> =>
  JSON.parse(await readFile(join(folder, name), 'utf8')) as unknown;

const certificates = [
  ...['--tls-cert', '/tls/tls.crt', '--tls-key', '/tls/tls.key', '--tls-ca', '/ca/ca.crt'],
];

test('prints what an Envoy of this machine is started with', async (t) => {
  const { code, stdout, stderr } = await headgate([
    ...['bootstrap', '--ads-address', 'unix:/run/ads.sock', '--node-id', 'one'],
  ]);
  t.is(code, 0);
  t.is(stderr, '');
  t.like(JSON.parse(stdout), {
    node: { id: 'one', cluster: 'default' },
    admin: { address: { pipe: { path: '@envoy-admin' } } },
  });
});

test('writes three files for an Envoy elsewhere, which name each other and the certificates', async (t) => {
  const folder = await tempDir(t);
  const { code, stdout } = await headgate([
    ...['bootstrap', '--ads-address', 'headgate.example:18000', ...certificates],
    ...['--output', folder, '--mounted-at', '/etc/envoy'],
  ]);
  t.is(code, 0);
  t.is(stdout, '');
  t.deepEqual((await readdir(folder)).toSorted(), [
    'bootstrap.json',
    'identity.json',
    'trust.json',
  ]);
  const secret = {
    '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret',
  };
  t.deepEqual(await read(folder, 'identity.json'), {
    resources: [
      {
        ...secret,
        name: 'identity',
        tls_certificate: {
          certificate_chain: { filename: '/tls/tls.crt' },
          private_key: { filename: '/tls/tls.key' },
          watched_directory: { path: '/tls' },
        },
      },
    ],
  });
  t.deepEqual(await read(folder, 'trust.json'), {
    resources: [
      {
        ...secret,
        name: 'trust',
        validation_context: {
          trusted_ca: { filename: '/ca/ca.crt' },
          watched_directory: { path: '/ca' },
          match_typed_subject_alt_names: [
            { san_type: 'DNS', matcher: { exact: 'headgate.example' } },
          ],
        },
      },
    ],
  });
  t.like(await read(folder, 'bootstrap.json'), {
    static_resources: {
      clusters: [
        {
          transport_socket: {
            typed_config: {
              sni: 'headgate.example',
              common_tls_context: {
                tls_params: {
                  tls_minimum_protocol_version: 'TLSv1_3',
                  tls_maximum_protocol_version: 'TLSv1_3',
                },
                tls_certificate_sds_secret_configs: [
                  { sds_config: { path_config_source: { path: '/etc/envoy/identity.json' } } },
                ],
                validation_context_sds_secret_config: {
                  sds_config: { path_config_source: { path: '/etc/envoy/trust.json' } },
                },
              },
            },
          },
        },
      ],
    },
  });
});

test('a control plane that is known by its address must have it in its certificate', async (t) => {
  const folder = await tempDir(t);
  await headgate([
    ...['bootstrap', '--ads-address', '10.0.0.1:18000', ...certificates, '--output', folder],
  ]);
  t.regex(JSON.stringify(await read(folder, 'trust.json')), /"IP_ADDRESS".*"10\.0\.0\.1"/);
});

const isWrong = test.macro({
  async exec(t, args: readonly string[], line: string) {
    const { code, stdout, stderr } = await headgate(['bootstrap', ...args]);
    t.deepEqual(
      { code, stdout, stderr: stderr.split('\n')[0] },
      { code: 2, stdout: '', stderr: line },
    );
  },
  title: (name = '') => `a wrong call: ${name}`,
});

const elsewhere = ['--ads-address', 'headgate.example:18000'];
test(
  'an Envoy elsewhere without TLS',
  isWrong,
  elsewhere,
  'headgate: a control plane serves ports over TLS only: give --tls-cert, --tls-key and --tls-ca',
);
test(
  'a port of this machine without TLS',
  isWrong,
  ['--ads-address', '127.0.0.1:18000'],
  'headgate: a control plane serves ports over TLS only: give --tls-cert, --tls-key and --tls-ca',
);
test(
  'TLS without a CA',
  isWrong,
  [...elsewhere, ...certificates.slice(0, 4)],
  'headgate: TLS needs all of --tls-cert, --tls-key and --tls-ca',
);
test(
  'TLS and nowhere to write to',
  isWrong,
  [...elsewhere, ...certificates],
  'headgate: with TLS Envoy needs three files: name a folder for them with --output',
);

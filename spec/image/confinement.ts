import { deepEqual, match, rejects } from 'node:assert/strict';

import type { Container } from './container.ts';

/**
 * Shows that Envoy is kept from a file and from the environment of process 1, which its user can read,
 * and that it runs where the kernel cannot do that: `filter` is a file for seccomp.
 */
export const envoyIsConfined = async (
  { exec, lines }: Container,
  file: string,
  filter: string,
): Promise<void> => {
  deepEqual(
    lines.filter((line) => line.includes('setpriv')),
    [],
  );
  for (const path of [file, '/proc/1/environ']) {
    const copy = ['cp', path, '/run/headgate/copy'];
    await exec(...copy);
    await rejects(exec('headgate-confined', ...copy), /cannot open .* Permission denied/);
  }
  const showsIt = ['--mode', 'validate', '--config-yaml', JSON.stringify(bootstrapShowing(file))];
  await exec('envoy', ...showsIt);
  await rejects(exec('headgate-envoy', ...showsIt), new RegExp(`file ${file} does not exist`));

  const withoutLandlock = ['setpriv', '--no-new-privs', '--seccomp-filter', filter];
  await rejects(exec(...withoutLandlock, 'headgate-confined', 'exit', '0'), /landlock/);
  match(await exec(...withoutLandlock, 'headgate-envoy', '--version'), /version: /);
};

/** A filter for seccomp by which a kernel seems to have no Landlock: its first system call fails. */
export const noLandlock = (): Uint8Array => {
  const [loadWord, jumpEqual, give] = [0x20, 0x15, 0x06];
  const [createRuleset, notImplemented, allow] = [444, 0x5_0026, 0x7fff_0000];
  const program = [
    [loadWord, 0, 0, 0],
    [jumpEqual, 0, 1, createRuleset],
    [give, 0, 0, notImplemented],
    [give, 0, 0, allow],
  ] as const;
  const bytes = Buffer.alloc(program.length * 8);
  for (const [i, [code, jumpTrue, jumpFalse, k]] of program.entries()) {
    bytes.writeUInt16LE(code, i * 8);
    bytes.writeUInt8(jumpTrue, i * 8 + 2);
    bytes.writeUInt8(jumpFalse, i * 8 + 3);
    bytes.writeUInt32LE(k, i * 8 + 4);
  }
  return bytes;
};

/** A bootstrap with a listener that answers with what is in a file. */
const bootstrapShowing = (filename: string) => ({
  static_resources: {
    listeners: [
      {
        address: { socket_address: { address: '127.0.0.1', port_value: 0 } },
        filter_chains: [{ filters: [{ name: 'http', typed_config: manager(filename) }] }],
      },
    ],
  },
});

const manager = (filename: string) => ({
  '@type':
    'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
  stat_prefix: 'a',
  route_config: {
    virtual_hosts: [
      {
        name: 'a',
        domains: ['*'],
        routes: [{ match: { prefix: '/' }, direct_response: { status: 200, body: { filename } } }],
      },
    ],
  },
});

import { once } from 'node:events';
import { connect, type ConnectionOptions, type SecureVersion } from 'node:tls';

import test from 'ava';

import type { Port } from '../../../src/ir/port.ts';
import type { ClientVerification } from '../../../src/ir/tls-handshake.ts';
import { anIrInEnvoy } from '../../_support/envoy/an-ir-in-envoy.ts';
import { freePort } from '../../_support/process/free-port.ts';
import {
  aChain,
  aListener,
  anIr,
  aRoute,
  aSignedSecret,
  aTrustBundle,
  aVirtualHost,
  requestsOf,
  tlsFor,
} from '../../_support/world/an-ir.ts';
import { anAuthority, type Signed } from '../../_support/world/an-authority.ts';

const [known, other, third] = [anAuthority('known'), anAuthority('other'), anAuthority('third')];
const server = known.sign({ names: ['guarded.example'] });
const alice = known.sign({ names: ['alice.example'] });
const bob = known.sign({ names: ['bob.example'] });
const mallory = other.sign({ names: ['alice.example'] });
const stranger = third.sign({ names: ['alice.example'] });

const port = (await freePort()) as Port;

/** A name that lets clients in by what they show. */
const guarded = (name: string, clients: Partial<ClientVerification>) =>
  aChain({
    name,
    tls: tlsFor([`${name}.example`], {
      settings: {
        clients: { trust: 'trust://demo/ca', names: [], admits: 'Verified', ...clients },
      },
    }),
    carries: requestsOf('guarded'),
  });

const envoy = await anIrInEnvoy();
const { refused } = await envoy.serve(
  anIr({
    listeners: [aListener({ port, tlsInspector: true })],
    filterChains: [
      guarded('required', {}),
      guarded('named', { names: [{ _tag: 'Dns', name: 'alice.example' }] }),
      guarded('optional', { admits: 'VerifiedOrNone' }),
      guarded('open', { admits: 'Anybody' }),
      guarded('either', { trust: 'trust://demo/both' }),
      guarded('fallback', { trust: 'trust://demo/both', admits: 'Anybody' }),
      guarded('incomplete', { trust: 'trust://demo/missing' }),
      aChain({ name: 'any', tls: tlsFor([]), carries: requestsOf('guarded') }),
    ],
    virtualHosts: [
      {
        ...aVirtualHost('*', aRoute({ action: { _tag: 'Respond', status: 421 } })),
        table: 'guarded',
      },
    ],
    secrets: [aSignedSecret('demo/cert', server)],
    trustBundles: [
      aTrustBundle({ authorities: known.certificate }),
      aTrustBundle({
        name: 'trust://demo/both',
        authorities: `${known.certificate}${other.certificate}`,
      }),
    ],
  }),
);
test.after.always(envoy.stop);

test('Envoy takes names that let clients in by their certificates', (t) => {
  t.deepEqual(refused, []);
});

/** Whether a client that shows this is answered. In TLS 1.3 it learns only behind its handshake that it is not. */
const isLetIn = async (
  name: string,
  shown?: Signed,
  options: ConnectionOptions = {},
): Promise<boolean> => {
  const identity: ConnectionOptions = {
    ...options,
    ...(shown !== undefined && { cert: shown.certificate, key: shown.privateKey }),
  };
  const socket = connect({
    port,
    host: '127.0.0.1',
    servername: `${name}.example`,
    rejectUnauthorized: false,
    ...identity,
  });
  socket.setTimeout(60_000, () => socket.destroy(new Error('no answer')));
  socket.write(`GET / HTTP/1.1\r\nhost: ${name}.example\r\n\r\n`);
  try {
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString().startsWith('HTTP/1.1 421 ');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

/** Of five clients those that a name lets in. */
const letInBy = async (name: string): Promise<readonly string[]> => {
  const clients = { alice, bob, mallory, stranger, nobody: undefined };
  const answers = await Promise.all(
    Object.entries(clients).map(async ([client, shown]) =>
      (await isLetIn(name, shown)) ? [client] : [],
    ),
  );
  return answers.flat();
};

test('who must show a certificate is let in with one of the authority alone', async (t) => {
  t.deepEqual(await letInBy('required'), ['alice', 'bob']);
});

test('a certificate must have the name that is asked for', async (t) => {
  t.deepEqual(await letInBy('named'), ['alice']);
});

test('who may show a certificate is let in without one, and not with a wrong one', async (t) => {
  t.deepEqual(await letInBy('optional'), ['alice', 'bob', 'nobody']);
});

test('where anybody is let in, a certificate is asked for all the same', async (t) => {
  t.deepEqual(await letInBy('open'), ['alice', 'bob', 'mallory', 'stranger', 'nobody']);
});

test('of several authorities each one vouches, on each name that trusts them', async (t) => {
  t.deepEqual(await letInBy('either'), ['alice', 'bob', 'mallory']);
  t.deepEqual(await letInBy('fallback'), ['alice', 'bob', 'mallory', 'stranger', 'nobody']);
  t.deepEqual(await letInBy('required'), ['alice', 'bob']);
});

test('a name whose authorities are missing lets nobody in, and no wider name does', async (t) => {
  t.deepEqual(await letInBy('incomplete'), []);
  t.deepEqual(await letInBy('elsewhere'), ['alice', 'bob', 'mallory', 'stranger', 'nobody']);
});

/** A session that a client without a certificate has been given on a name that lets in anybody. */
const sessionOn = async (name: string, maxVersion: SecureVersion): Promise<Buffer> => {
  const socket = connect({
    port,
    host: '127.0.0.1',
    servername: `${name}.example`,
    rejectUnauthorized: false,
    maxVersion,
  });
  socket.setTimeout(60_000, () => socket.destroy(new Error('no session')));
  socket.write(`GET / HTTP/1.1\r\nhost: ${name}.example\r\n\r\n`);
  const [session] = (await once(socket, 'session')) as [Buffer];
  socket.destroy();
  return session;
};

for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const)
  test(`a session of a name that lets in anybody opens no other name: ${maxVersion}`, async (t) => {
    for (const [from, to] of [
      ['open', 'required'],
      ['fallback', 'either'],
      ['optional', 'required'],
      ['any', 'required'],
    ] as const) {
      const session = await sessionOn(from, maxVersion);
      t.true(await isLetIn(from, undefined, { session, maxVersion }), from);
      t.false(await isLetIn(to, undefined, { session, maxVersion }), to);
    }
  });

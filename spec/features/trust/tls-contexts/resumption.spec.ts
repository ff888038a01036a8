import { once } from 'node:events';
import type { SecureVersion } from 'node:tls';

import test, { type ExecutionContext } from 'ava';

import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { statusFor, tlsConnection } from '../../../_support/tls/tls-client.ts';
import { opaqueSecret } from '../../../_support/tls/tls-manifests.ts';
import { anAuthority } from '../../../_support/world/an-authority.ts';
import { host, listener, tlsSecret } from '../../../_support/world/routing-manifests.ts';

const [known, other] = [anAuthority('known'), anAuthority('other')];
const client = known.sign({ names: ['client.example'] });
const elsewhere = known.sign({ names: ['elsewhere.example'] });

const ca = (certificate: string): string => opaqueSecret('ca', { 'tls.crt': certificate });
const crl = (...certificates: readonly string[]): string =>
  opaqueSecret('crl', { 'crl.pem': known.revoke(...certificates) });
const guarded = (tls: string): string =>
  host('a.example', `tlsSecret: { name: server }, tls: { ${tls} }`);

const strict = guarded('ca_secret: ca, crl_secret: crl, cert_required: true');

const gateway = await aGateway(
  ({ http, https }) =>
    listener('http', http) +
    listener('https', https, { protocol: 'HTTPS' }) +
    tlsSecret('server', known.sign({ names: ['*.example'] })) +
    host('b.example', 'tlsSecret: { name: server }'),
);
test.after.always(gateway.stop);

const asked = { port: gateway.ports.https, servername: 'a.example' } as const;

/** The session of a client that is let in, with the connection, which stays open. */
const aSession = async (maxVersion: SecureVersion, servername: string = asked.servername) => {
  const socket = tlsConnection({ ...asked, servername, shown: client, maxVersion });
  socket.write(`GET / HTTP/1.1\r\nhost: ${servername}\r\n\r\n`);
  const [[session]] = await Promise.all([once(socket, 'session'), once(socket, 'data')]);
  return { socket, session: session as Buffer };
};

/** Whether a client comes back with a session; without its certificate, so that the session must stand for it. */
const isResumed = async (session: Buffer, maxVersion: SecureVersion): Promise<boolean> => {
  const socket = tlsConnection({ ...asked, session, maxVersion });
  socket.write('GET / HTTP/1.1\r\nhost: a.example\r\n\r\n');
  try {
    await once(socket, 'data');
    return socket.isSessionReused();
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

/** What is edited, so that the client is not let in any more. */
const tightened: readonly (readonly [
  title: string,
  before: () => Promise<void>,
  edit: () => Promise<void>,
])[] = [
  [
    'its certificate is revoked',
    async () => await gateway.apply('host.yaml', strict),
    async () => await gateway.apply('crl.yaml', crl(client.certificate)),
  ],
  [
    'its authority is replaced',
    async () => await gateway.apply('host.yaml', strict),
    async () => await gateway.apply('ca.yaml', ca(other.certificate)),
  ],
  [
    'its authority is taken away',
    async () => await gateway.apply('host.yaml', strict),
    async () => await gateway.remove('ca.yaml'),
  ],
  [
    'certificates begin to be checked for revocation',
    async () => {
      await gateway.apply('host.yaml', guarded('ca_secret: ca, cert_required: true'));
      await gateway.apply('crl.yaml', crl(client.certificate));
    },
    async () => await gateway.apply('host.yaml', strict),
  ],
];

/** A session is good before, and neither it nor its client is after. */
const isOver = async (
  t: ExecutionContext,
  maxVersion: SecureVersion,
  before: () => Promise<void>,
  edit: () => Promise<void>,
): Promise<void> => {
  await gateway.apply('ca.yaml', ca(known.certificate));
  await gateway.apply('crl.yaml', crl(elsewhere.certificate));
  await before();
  const { socket, session } = await aSession(maxVersion);
  socket.destroy();
  t.true(await isResumed(session, maxVersion), 'before');
  await edit();
  t.false(await isResumed(session, maxVersion), 'after, by the session alone');
  const again = { ...asked, session, shown: client, maxVersion };
  t.is(await statusFor(again), 'nothing', 'after, with the certificate as well');
};

for (const [title, before, edit] of tightened)
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const)
    test.serial(`no session is resumed after ${title}: ${maxVersion}`, async (t) => {
      await isOver(t, maxVersion, before, edit);
    });

for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const)
  test.serial(`nor after a Host begins to ask for certificates: ${maxVersion}`, async (t) => {
    await gateway.apply('ca.yaml', ca(known.certificate));
    await gateway.apply('crl.yaml', crl(elsewhere.certificate));
    await gateway.apply('host.yaml', guarded('min_tls_version: v1.2'));
    const { socket, session } = await aSession(maxVersion);
    socket.destroy();
    t.true(await isResumed(session, maxVersion));
    await gateway.apply('host.yaml', strict);
    t.false(await isResumed(session, maxVersion));
    t.is(await statusFor({ ...asked, session, maxVersion }), 'nothing');
    t.is(await statusFor({ ...asked, session, shown: client, maxVersion }), '404');
  });

test.serial(
  'an edit of a Secret ends no connection, and one of a Host none of other Hosts',
  async (t) => {
    await gateway.apply('ca.yaml', ca(known.certificate));
    await gateway.apply('crl.yaml', crl(elsewhere.certificate));
    await gateway.apply('host.yaml', strict);
    const answers = async ({ socket }: Awaited<ReturnType<typeof aSession>>, name: string) => {
      socket.write(`GET / HTTP/1.1\r\nhost: ${name}\r\n\r\n`);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      return answer.toString();
    };
    const [own, others] = [await aSession('TLSv1.3'), await aSession('TLSv1.3', 'b.example')];
    await gateway.apply('crl.yaml', crl(client.certificate));
    await gateway.apply('ca.yaml', ca(other.certificate));
    const kept = await answers(own, 'a.example');
    t.regex(kept, /^HTTP\/1.1 404 /);
    t.notRegex(kept, /connection: close/i);
    await gateway.apply('host.yaml', guarded('ca_secret: ca'));
    const untouched = await answers(others, 'b.example');
    t.regex(untouched, /^HTTP\/1.1 404 /);
    t.notRegex(untouched, /connection: close/i);
    own.socket.destroy();
    others.socket.destroy();
  },
);

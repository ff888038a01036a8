import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { connect } from 'node:tls';

import { aSecret } from '../../_support/world/a-secret.ts';
import { anAuthority, type Authority } from '../../_support/world/an-authority.ts';
import { aHost, aListener, aMapping, type Manifest } from '../../_support/world/builders.ts';
import type { Benchmark, Row } from '../benchmark.ts';
import { eachSize } from '../each-size.ts';
import { figures, sampled } from '../figures.ts';
import { withGateway, type Gateway } from '../gateway.ts';
import { mebibytesOf } from '../process-use.ts';

/** How many Secrets the Hosts share that are there from the beginning. */
const secrets = 1_000;

/** From a TLS Host that is applied to a handshake with its certificate. */
export const benchmark: Benchmark = {
  name: 'tls-host',
  what:
    'From the moment at which the API server writes the watch events of a new Secret and a new Host ' +
    'to a completed handshake of a real Envoy with that certificate; the client tries, ' +
    'over a new connection each time, with 2 ms in between. There are N TLS Hosts before, which share 1,000 Secrets ' +
    'with the same TLS settings. Then the Secret of such a Host is replaced, and the new certificate ' +
    'is waited for.',
  aim: '30 ms, flat from 1,000 to 100,000 Hosts',
  sizes: [1_000, 10_000, 100_000],
  run: async (options) => {
    const authority = anAuthority('Bench CA');
    const samples = Math.min(options.samples, 100);
    return await eachSize(
      options,
      async (n) =>
        await withGateway(
          { objects: (port) => objectsOf(n, port) },
          async (gateway) => await measured(gateway, authority, n, samples),
        ),
    );
  },
};

const objectsOf = (n: number, port: number): readonly Manifest[] => [
  aListener('default/https', { port, protocol: 'HTTPS', securityModel: 'XFP' }),
  aMapping('shops/all', { hostname: '*', host_redirect: true, service: 'elsewhere.example.com' }),
  ...Array.from({ length: Math.min(n, secrets) }, (_, i) => aSecret(`shops/cert-${i}`)),
  ...Array.from({ length: n }, (_, i) => tlsHost(`old-${i}`, `cert-${i % secrets}`)),
];

const tlsHost = (name: string, secret: string): Manifest =>
  aHost(`shops/${name}`, { hostname: domain(name), tlsSecret: { name: secret } });

const domain = (name: string): string => `${name}.example.net`;

const measured = async (
  gateway: Gateway,
  authority: Authority,
  n: number,
  samples: number,
): Promise<readonly Row[]> => {
  const { api, headgate, envoyPid } = gateway;
  const atStart = [mebibytesOf(headgate.pid), mebibytesOf(envoyPid)] as const;
  const add = async (name: string): Promise<number> => {
    const secret = certificateFor(authority, name);
    const began = performance.now();
    api.say('ADDED', secret);
    api.say('ADDED', tlsHost(name, `cert-${name}`));
    await shaken(gateway, name);
    return performance.now() - began;
  };
  const replace = async (name: string): Promise<number> => {
    const before = await shaken(gateway, name);
    const secret = certificateFor(authority, name);
    const began = performance.now();
    api.say('MODIFIED', secret);
    await shaken(gateway, name, before);
    return performance.now() - began;
  };
  for (let turn = 0; turn < 3; turn += 1) await add(`warm-${turn}`);
  const times = await sampled({ samples, seconds: 60 }, async (turn) => {
    await setTimeout(turn % 23);
    return await add(`new-${turn}`);
  });
  const rotations = await sampled(
    { samples: times.length, seconds: 30 },
    async (turn) => await replace(`new-${turn % times.length}`),
  );
  const aim = { p50: 30 };
  return [
    { what: 'a TLS Host is new', n, unit: 'ms', ...figures(times), aim },
    { what: 'a certificate is replaced', n, unit: 'ms', ...figures(rotations) },
    { what: 'control plane, at the beginning', n, unit: 'MiB', p50: atStart[0] },
    { what: 'Envoy, at the beginning', n, unit: 'MiB', p50: atStart[1] },
    { what: 'Envoy, after all of it', n, unit: 'MiB', p50: mebibytesOf(envoyPid) },
  ];
};

const certificateFor = (authority: Authority, name: string): Manifest => {
  const { certificate, privateKey } = authority.sign({ names: [domain(name)] });
  const secret = aSecret(`shops/cert-${name}`);
  return { ...secret, stringData: { 'tls.crt': certificate, 'tls.key': privateKey } };
};

/** Tries until a handshake gives a certificate of this Host, other than the one named before. */
const shaken = async ({ port }: Gateway, name: string, before?: string): Promise<string> => {
  const end = performance.now() + 120_000;
  for (;;) {
    const found = await handshake(port, domain(name));
    if (found !== undefined && found !== before) return found;
    if (performance.now() > end) throw new Error(`no certificate of ${name} after two minutes`);
    await setTimeout(2);
  }
};

/** The fingerprint of the certificate, if there was a handshake and it is for this name. */
const handshake = async (port: number, servername: string): Promise<string | undefined> => {
  const socket = connect({ host: '127.0.0.1', port, servername, rejectUnauthorized: false });
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(20_000) });
    const { subjectaltname = '', fingerprint256 } = socket.getPeerCertificate();
    return subjectaltname.includes(servername) ? fingerprint256 : undefined;
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
};

import { rmSync } from 'node:fs';
import { join } from 'node:path';

import type { ExecutionContext } from 'ava';

import { makeCertificate } from '../../../src/edge/certificate/make-certificate.ts';
import { startBackend } from '../../../src/edge/example-backends.ts';
import { freePort } from '../process/free-port.ts';
import type { Manifest } from './builders.ts';
import { save, type Saving } from './editor.ts';

/** The two backends that answer, by name. */
export interface Ports {
  readonly http: number;
  readonly https: number;
  readonly other: number;
  readonly one: number;
  readonly two: number;
}

/** Ports of a gateway that nobody listens on yet, and two backends that answer. */
export const startPorts = async (t: Pick<ExecutionContext, 'teardown'>): Promise<Ports> => {
  const backends = await Promise.all(['one', 'two'].map((name) => startBackend({ name, port: 0 })));
  t.teardown(async () => await Promise.all(backends.map(({ close }) => close())));
  const [one = 0, two = 0] = backends.map(({ port }) => port);
  return { http: await freePort(), https: await freePort(), other: await freePort(), one, two };
};

/** The URLs that must answer all the time: each way to a backend, in cleartext and over TLS. */
export const targets = ({ http, https }: Ports): readonly string[] =>
  ['untouched', 'static', 'dns', 'service', 'slices'].flatMap((path) => [
    `http://127.0.0.1:${http}/${path}/`,
    `https://127.0.0.1:${https}/${path}/`,
  ]);

/** A folder of manifests, written the way an editor does. */
export const aFolderOf = (path: string) => ({
  write: (name: string, manifests: readonly Manifest[], saving?: Saving): number =>
    save(join(path, name), manifests, saving),
  remove: (name: string): number => {
    rmSync(join(path, name), { force: true });
    return 0;
  },
});

/** A folder that can be edited. */
export type ManifestFolder = ReturnType<typeof aFolderOf>;

/** Everything the targets need. */
export const writeWorld = async (folder: ManifestFolder, ports: Ports): Promise<void> => {
  folder.write('http.yaml', [aListener('http', ports.http, 'HTTP')]);
  folder.write('https.yaml', [aListener('https', ports.https, 'HTTPS')]);
  folder.write('secret.yaml', [await aCertificate()]);
  folder.write('host.yaml', [aHost('all', '*')]);
  folder.write('untouched.yaml', [aRoute('untouched', `127.0.0.1:${ports.one}`)]);
  folder.write('static.yaml', [aRoute('static', `127.0.0.1:${ports.one}`)]);
  folder.write('dns.yaml', [aRoute('dns', `localhost:${ports.one}`)]);
  folder.write('service.yaml', [aRoute('service', 'one', { resolver: 'endpoint' })]);
  folder.write('slices.yaml', [aRoute('slices', 'changing', { resolver: 'endpoint' })]);
  folder.write('services.yaml', [
    ...[aService('one'), aSlice('one', ports.one), aService('two'), aSlice('two', ports.two)],
    ...[aService('changing'), aSlice('changing', ports.one)],
  ]);
};

/** A Mapping of `/name/`; its service may be slow without a failure, as the machine may be busy. */
export const aRoute = (name: string, service: string, more: object = {}): Manifest => ({
  apiVersion: 'getambassador.io/v3alpha1',
  kind: 'Mapping',
  metadata: { name },
  spec: { hostname: '*', prefix: `/${name}/`, service, timeout_ms: 60_000, ...more },
});

/** A Listener that takes every Host. */
export const aListener = (
  name: string,
  port: number,
  protocol: 'HTTP' | 'HTTPS',
  more: object = {},
): Manifest => ({
  apiVersion: 'getambassador.io/v3alpha1',
  kind: 'Listener',
  metadata: { name },
  spec: {
    ...{ port, protocol, securityModel: 'XFP', hostBinding: { namespace: { from: 'ALL' } } },
    ...more,
  },
});

/** A Host with the certificate of `aCertificate` that routes cleartext too. */
export const aHost = (
  name: string,
  hostname: string,
  tlsSecret = { name: 'certificate' },
): Manifest => ({
  apiVersion: 'getambassador.io/v3alpha1',
  kind: 'Host',
  metadata: { name },
  spec: {
    hostname,
    tlsSecret,
    requestPolicy: { insecure: { action: 'Route' } },
  },
});

/** A Service with one port. */
export const aService = (name: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { ports: [{ name: 'http', port: 80 }] },
});

/** The one EndpointSlice of a Service. */
export const aSlice = (service: string, port: number): Manifest => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: `${service}-1`, labels: { 'kubernetes.io/service-name': service } },
  addressType: 'IPv4',
  ports: [{ name: 'http', port }],
  endpoints: [{ addresses: ['127.0.0.1'] }],
});

/** The Secret of every Host here, another one each time. */
export const aCertificate = async (name = 'localhost'): Promise<Manifest> => {
  const { certificate, privateKey } = await makeCertificate({
    names: [name],
    notBefore: new Date('2026-01-01'),
    notAfter: new Date('2099-01-01'),
  });
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/tls',
    metadata: { name: 'certificate' },
    stringData: { 'tls.crt': certificate, 'tls.key': privateKey },
  };
};

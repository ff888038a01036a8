import { savings, type Saving } from './editor.ts';
import {
  aCertificate,
  aHost,
  aListener,
  aRoute,
  aSlice,
  aService,
  type ManifestFolder,
  type Ports,
} from './steady-world.ts';

/**
 * The edits that must cost no request, one after another for ever: they switch backends of the
 * steady routes, add, change and remove routes, Hosts and Listeners beside them, rotate
 * certificates, and change the Listeners in use. Returns for how long the file was not complete.
 */
export const edit = async (
  folder: ManifestFolder,
  ports: Ports,
  n: number,
  ways: readonly Saving[] = savings,
): Promise<number> => {
  const kinds = Object.values(edits);
  const saving = ways[n % ways.length] ?? 'Renamed';
  const round = Math.floor(n / kinds.length);
  return (await kinds[n % kinds.length]?.({ folder, ports, round, saving })) ?? 0;
};

interface Edit {
  readonly folder: ManifestFolder;
  readonly ports: Ports;
  readonly round: number;
  readonly saving: Saving;
}

const edits: Readonly<Record<string, (edit: Edit) => number | Promise<number>>> = {
  addRoute: ({ folder, ports, round, saving }) =>
    folder.write(`beside-${round}.yaml`, [aRoute(`beside-${round}`, by(ports, round))], saving),
  switchStatic: ({ folder, ports, round, saving }) =>
    folder.write('static.yaml', [aRoute('static', by(ports, round + 1))], saving),
  changeSlices: ({ folder, ports, round, saving }) =>
    folder.write(
      'services.yaml',
      [
        ...[aService('one'), aSlice('one', ports.one), aService('two'), aSlice('two', ports.two)],
        ...[aService('changing'), aSlice('changing', round % 2 === 0 ? ports.two : ports.one)],
      ],
      saving,
    ),
  switchDns: ({ folder, ports, round, saving }) =>
    folder.write('dns.yaml', [aRoute('dns', `localhost:${portOf(ports, round + 1)}`)], saving),
  addHost: ({ folder, round, saving }) =>
    folder.write('beside-host.yaml', [aHost('beside', `h${round}.example.com`)], saving),
  changeRoute: ({ folder, ports, round, saving }) =>
    folder.write(
      `beside-${round}.yaml`,
      [aRoute(`beside-${round}`, by(ports, round + 1), { timeout_ms: 1000 + round })],
      saving,
    ),
  switchService: ({ folder, round, saving }) =>
    folder.write(
      'service.yaml',
      [aRoute('service', round % 2 === 0 ? 'two' : 'one', { resolver: 'endpoint' })],
      saving,
    ),
  rotateCertificate: async ({ folder, saving }) =>
    folder.write('secret.yaml', [await aCertificate()], saving),
  addListener: ({ folder, ports, saving }) =>
    folder.write('beside-listener.yaml', [aListener('beside', ports.other, 'HTTPS')], saving),
  changeDns: ({ folder, ports, round, saving }) =>
    folder.write(
      'dns.yaml',
      [aRoute('dns', `localhost:${portOf(ports, round)}`, { connect_timeout_ms: 3000 + round })],
      saving,
    ),
  changeHttpListener: ({ folder, ports, round, saving }) =>
    folder.write('http.yaml', [aListener('http', ports.http, 'HTTP', settings(round))], saving),
  removeRoute: ({ folder, round }) => folder.remove(`beside-${round - 1}.yaml`),
  removeHost: ({ folder }) => folder.remove('beside-host.yaml'),
  changeHttpsListener: ({ folder, ports, round, saving }) =>
    folder.write('https.yaml', [aListener('https', ports.https, 'HTTPS', settings(round))], saving),
  removeListener: ({ folder }) => folder.remove('beside-listener.yaml'),
};

const settings = (round: number) => ({ statsPrefix: `prefix${round % 3}`, l7Depth: round % 2 });

const portOf = ({ one, two }: Ports, round: number): number => (round % 2 === 0 ? one : two);

const by = (ports: Ports, round: number): string => `127.0.0.1:${portOf(ports, round)}`;

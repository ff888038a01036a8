import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import test from 'ava';
import { parseAllDocuments } from 'yaml';

import { chartObjects, only, type Rendered } from '../_support/api-server/chart.ts';
import { headgate } from '../_support/process/headgate.ts';
import { tempDir } from '../_support/process/temp-dir.ts';

const example = 'k8s/examples/remote-envoys';

test('the files of the example are what the command in its README writes', async (t) => {
  const folder = await tempDir(t);
  const readme = readFileSync(`${example}/README.md`, 'utf8');
  const [, command = ''] = /^ {4}headgate (bootstrap (?:.*\\\n)*.*)$/m.exec(readme) ?? [];
  const args = command
    .replaceAll('\\\n', ' ')
    .replace('--output config', `--output ${folder}`)
    .split(' ')
    .filter((arg) => arg !== '');
  const { code, stderr } = await headgate(args);

  t.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  t.deepEqual(readdirSync(folder).toSorted(), readdirSync(`${example}/config`).toSorted());
  for (const name of readdirSync(folder))
    t.deepEqual(parsed(join(folder, name)), parsed(`${example}/config/${name}`), name);
});

test('the Envoys of the example look for the Service that the chart makes for them', async (t) => {
  const objects = await chartObjects('headgate', '--values', `${example}/values.yaml`);
  const service = only(objects, 'Service', 'headgate-ads') as unknown as {
    readonly spec: { readonly ports: readonly { readonly port: number }[] };
  };
  const address = `"address": "headgate-ads.headgate.svc"`;
  const bootstrap = readFileSync(`${example}/config/bootstrap.json`, 'utf8');

  t.true(bootstrap.includes(address));
  t.regex(bootstrap, new RegExp(`"port_value": ${service.spec.ports[0]?.port}\\b`));
});

interface Certificate extends Rendered {
  readonly spec: {
    readonly isCA?: boolean;
    readonly duration?: string;
    readonly dnsNames?: readonly string[];
    readonly issuerRef: { readonly kind: string };
  };
}

test('the CA of the example signs for two namespaces only, and outlives what it signs', (t) => {
  const text = readFileSync(`${example}/certificates.yaml`, 'utf8');
  const objects = parseAllDocuments(text).map((document) => document.toJS() as Certificate);
  const certificates = objects.filter(({ kind }) => kind === 'Certificate');
  const [ca] = certificates.filter(({ spec }) => spec.isCA);

  t.deepEqual([...new Set(objects.map(({ kind }) => kind))], ['Issuer', 'Certificate']);
  t.deepEqual(
    [...new Set(objects.map(({ metadata }) => metadata.namespace))],
    ['headgate', 'edge'],
  );
  t.true(certificates.every(({ spec }) => spec.issuerRef.kind === 'Issuer'));
  t.is(ca?.spec.duration, `${24 * 365 * 10}h`);
  t.deepEqual(
    certificates.flatMap(({ spec }) => spec.dnsNames ?? []),
    ['headgate-ads.headgate.svc'],
  );
});

const parsed = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import test from 'ava';

import { headgate } from '../../../_support/process/headgate.ts';

const group = 'gateway.networking.k8s.io';

/** A route with a rule that begins in line 5. */
const route = (name: string, ...rules: readonly string[]): string =>
  [
    `apiVersion: ${group}/v1`,
    'kind: HTTPRoute',
    `metadata: { name: ${name} }`,
    'spec: { parentRefs: [{ name: web }], rules: [',
    ...rules.map((rule) => `  ${rule},`),
    '  ]}',
    '',
  ].join('\n');

/** Manifests with a fault that is seen in the object alone: the file, its text, what is said of it. */
const faults: readonly (readonly [title: string, file: string, text: string, line: string])[] = [
  [
    'a class without a controller',
    'class.yaml',
    `apiVersion: ${group}/v1\nkind: GatewayClass\nmetadata: { name: none }\nspec: {}\n`,
    '4:1 GatewayClass none: spec.controllerName: expected a string of at most 253 characters without NUL and line breaks, got nothing',
  ],
  [
    'a port that is too high',
    'gateway.yaml',
    `apiVersion: ${group}/v1\nkind: Gateway\nmetadata: { name: web }\nspec:\n  gatewayClassName: headgate\n` +
      '  listeners:\n    - name: http\n      protocol: HTTP\n      port: 70000\n',
    '9:7 Gateway default/web: spec.listeners[0].port: expected an integer from 1 to 65535, got 70000',
  ],
  [
    'a way to match paths that there is not',
    'path.yaml',
    route('path', '{ matches: [{ path: { type: Suffix, value: /a } }] }'),
    '5:25 HTTPRoute default/path: spec.rules[0].matches[0].path.type: expected one of "Exact", "PathPrefix", "RegularExpression", got "Suffix"',
  ],
  [
    'a slip in a field',
    'slip.yaml',
    route('slip', '{ backendRef: [{ name: web, port: 80 }] }'),
    '5:5 HTTPRoute default/slip: spec.rules[0].backendRef: no such field; it has no effect',
  ],
  [
    'a host name in capitals',
    'grpc.yaml',
    `apiVersion: ${group}/v1\nkind: GRPCRoute\nmetadata: { name: calls }\nspec:\n  hostnames:\n    - Calls.example.com\n`,
    '6:7 GRPCRoute default/calls: spec.hostnames[0]: expected a lower-case host name, perhaps with "*." before it, got "Calls.example.com"',
  ],
  [
    'a kind that is not read yet',
    'later.yaml',
    `apiVersion: ${group}/v1\nkind: UDPRoute\nmetadata: { name: dns }\nspec: {}\n`,
    '1:1 UDPRoute default/dns: not supported yet; it has no effect',
  ],
];

const checked = (async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headgate-'));
  for (const [, file, text] of faults) await writeFile(join(folder, file), text);
  const outcome = await headgate(['check', ...faults.map(([, file]) => file)], { cwd: folder });
  await rm(folder, { recursive: true });
  return outcome;
})();

for (const [title, file, , line] of faults)
  test(`check names the place, the object and the field of ${title}`, async (t) => {
    const { stdout } = await checked;

    t.deepEqual(
      stdout.split('\n').filter((found) => found.startsWith(`${file}:`)),
      [`${file}:${line}`],
    );
  });

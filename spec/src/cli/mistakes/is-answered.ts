import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import test, { type ExecutionContext } from 'ava';

import { checked } from '../../../../src/cli/command/check.ts';
import { problemLine } from '../../../../src/cli/problem-lines.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';
import { host, listener } from '../../../_support/world/manifests.ts';

const around = `${listener.trimStart()}${host}---
apiVersion: v1
kind: Service
metadata: { name: shop }
spec: { ports: [{ port: 80 }, { port: 443 }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: other }
spec: { ports: [{ port: 80 }] }
`;

const options = { ambassadorId: 'default', namespace: 'default' };

/**
 * What `check` says of a text that stands beside a Listener, a Host for all names and two Services: `shop`,
 * and `cart` in another namespace. The lines begin with the place in the text.
 */
const whatCheckSays = async (t: ExecutionContext, text: string): Promise<readonly string[]> => {
  const folder = await tempDir(t);
  const file = join(folder, 'mistake.yaml');
  await writeFile(join(folder, 'around.yaml'), around);
  await writeFile(file, text);
  const { problems, placeOf } = await checked([folder], options, process.env);
  return problems.map((problem) =>
    problemLine(placeOf)(problem)
      .replaceAll(`${folder}/`, '')
      .replace(/^mistake\.yaml:/, ''),
  );
};

/** A Mapping with these fields, in line 5 and the following ones. */
export const aMapping = (...fields: readonly string[]): string =>
  [
    ...['apiVersion: getambassador.io/v3alpha1', 'kind: Mapping', 'metadata: { name: a }', 'spec:'],
    ...fields.map((field) => `  ${field}`),
  ].join('\n');

/** Another object of Emissary, with its spec in line 4. */
export const anObject = (kind: string, spec: string, name = 'a'): string =>
  `apiVersion: getambassador.io/v3alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}`;

/** An HTTPRoute, with its spec in line 4. */
export const aRoute = (spec: string): string =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: a }\nspec: ${spec}`;

/** What somebody writes by mistake, and what check answers: object, field, expectation, what to do. */
export const isAnswered = test.macro({
  exec: async (t, text: string, ...lines: readonly string[]) => {
    t.deepEqual(await whatCheckSays(t, text), lines);
  },
  title: (name = '') => `a mistake is answered: ${name}`,
});

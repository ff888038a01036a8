import { rmSync } from 'node:fs';
import { join } from 'node:path';

import type { ProblemRecord } from '../../../src/problem/problem-record.ts';
import { eventually } from '../envoy/supervised-envoy.ts';
import { replaceFile } from './editor.ts';

/** Asks a control plane for the problems it knows. */
type Problems = () => Promise<readonly ProblemRecord[]>;

let marks = 0;

/**
 * Waits until a control plane has read everything that was written into its folder before.
 *
 * A file that is new to the folder is read in a round that began after it was written, and so after
 * every change before it; its problem shows when that round has been translated.
 */
export const everythingRead = async (folder: string, problems: Problems): Promise<void> => {
  marks += 1;
  const name = `mark-${marks}`;
  const file = join(folder, `${name}.yaml`);
  replaceFile(file, mark(name));
  await eventually('the folder is read', async () => (await problems()).some(isOf(name)));
  rmSync(file);
};

const isOf =
  (name: string) =>
  ({ object }: ProblemRecord): boolean =>
    object?.endsWith(`/${name}`) === true;

const mark = (name: string): string =>
  `apiVersion: getambassador.io/v3alpha1
kind: KubernetesServiceResolver
metadata: { name: ${name} }
spec: { noSuchField: true }
`;

import { readdirSync } from 'node:fs';

import { parseAllDocuments } from 'yaml';

import { helm } from '../../../build/manifests.ts';

/** A Kubernetes object as a chart gives it. */
export interface Rendered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** The files with values that the specs try, by name; `defaults` has none. */
export const valueSets: Readonly<Record<string, readonly string[]>> = {
  defaults: [],
  ...Object.fromEntries(
    readdirSync('spec/k8s/values').map((file) => [
      file.replace('.yaml', ''),
      ['--values', `spec/k8s/values/${file}`],
    ]),
  ),
};

/** What the chart gives, as text; `headgate` is the name of the release. */
export const chartText = async (
  namespace: string,
  ...options: readonly string[]
): Promise<string> =>
  await helm('template', 'headgate', 'k8s/chart', '--namespace', namespace, ...options);

/** What the chart gives, as objects. */
export const chartObjects = async (
  namespace: string,
  ...options: readonly string[]
): Promise<readonly Rendered[]> =>
  parseAllDocuments(await chartText(namespace, ...options))
    .map((document) => document.toJS() as Rendered | null)
    .filter((object) => object !== null);

/** The one object of a kind, or of a kind and name. */
export const only = (objects: readonly Rendered[], kind: string, name?: string): Rendered => {
  const [one, ...more] = objects.filter(
    (object) => object.kind === kind && (name === undefined || object.metadata.name === name),
  );
  if (one === undefined || more.length > 0)
    throw new Error(`expected one ${kind} ${name ?? ''}, got ${more.length + (one ? 1 : 0)}`);
  return one;
};

import type { V1Container, V1EnvVar, V1Pod } from '@kubernetes/client-node';

/** What a container's environment is made of beside its own entry in the Pod. */
export interface Surroundings {
  readonly pod: V1Pod;
  /** The address of the Pod. */
  readonly address: string;
  /** The folder of each volume. */
  readonly volumes: Readonly<Record<string, string>>;
}

/**
 * The environment of a container.
 *
 * The process sees the files of this machine: what names a file below a mount point names the file
 * in the folder of the volume instead.
 */
export const environmentOf = (
  { env = [], volumeMounts = [] }: V1Container,
  { pod, address, volumes }: Surroundings,
): Readonly<Record<string, string>> => {
  const moved = (value: string): string => {
    const mount = volumeMounts.find(({ mountPath }) => value.startsWith(`${mountPath}/`));
    const folder = mount === undefined ? undefined : volumes[mount.name];
    return folder === undefined ? value : `${folder}${value.slice(mount?.mountPath.length)}`;
  };
  const fields: Readonly<Record<string, string | undefined>> = {
    'metadata.name': pod.metadata?.name,
    'metadata.namespace': pod.metadata?.namespace,
    'metadata.uid': pod.metadata?.uid,
    'spec.nodeName': pod.spec?.nodeName,
    'status.podIP': address,
  };
  const valueOf = ({ value = '', valueFrom }: V1EnvVar): string =>
    valueFrom?.fieldRef === undefined ? moved(value) : (fields[valueFrom.fieldRef.fieldPath] ?? '');
  return Object.fromEntries(env.map((one) => [one.name, valueOf(one)]));
};

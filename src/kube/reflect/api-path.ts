import type { Scope } from '../core/scope.ts';

/** A kind of object, as paths of the API name it. */
export interface ApiResource {
  /** `v1`, or `getambassador.io/v3alpha1` */
  readonly apiVersion: string;
  /** `mappings` */
  readonly plural: string;
  readonly scope: Scope;
}

/** The path of all objects of a kind; with a namespace, of those in it, if they are in namespaces. */
export const apiPath = ({ apiVersion, plural, scope }: ApiResource, namespace?: string): string => {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return namespace === undefined || scope === 'Cluster'
    ? `${root}/${plural}`
    : `${root}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
};

/** A kind of object, as paths of the API name it. */
export interface ApiResource {
  /** `v1`, or `getambassador.io/v3alpha1` */
  readonly apiVersion: string;
  /** `mappings` */
  readonly plural: string;
}

/** The path of all objects of a kind; with a namespace, of those in it. */
export const apiPath = ({ apiVersion, plural }: ApiResource, namespace?: string): string => {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${root}${scope}/${plural}`;
};

import type { Service, ServicePort } from '../../../kube/core/service.ts';

/** All that a route needs of a Service, so that other edits of a Service compile no route anew. */
export interface BackendService {
  /** Its TCP ports. */
  readonly ports: readonly ServicePort[];
  /** It is a name in DNS and no Service of this cluster (`ExternalName`). */
  readonly isExternal: boolean;
}

/** Cuts a Service down to what routes need of it. */
export const backendService = ({ spec }: Service): BackendService => ({
  ports: spec.ports.filter(({ protocol }) => protocol === 'TCP'),
  isExternal: spec.type === 'ExternalName',
});

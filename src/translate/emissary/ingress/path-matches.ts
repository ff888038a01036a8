import type { IngressPath } from '../../../kube/core/ingress.ts';
import type { Mapping } from '../../../kube/emissary/mapping.ts';

/** The conditions of a Mapping for the requests of a path. */
interface PathMatch {
  /** Tells two Mappings for one path apart. */
  readonly half?: string;
  readonly match: Pick<Mapping['spec'], 'prefix' | 'prefix_exact' | 'precedence'>;
}

/**
 * The Mappings for a path. `Exact` comes before all others, as in Emissary. `Prefix` is by elements, as Kubernetes
 * says: `/a` and `/a/` are both for `/a` and what is below `/a/`, not for `/ab`. `ImplementationSpecific` is as a
 * `prefix` of Emissary, which compares characters.
 */
export const pathMatches = ({ path = '', pathType }: IngressPath): readonly PathMatch[] => {
  const written = path === '' ? '/' : path;
  if (pathType === 'Exact')
    return [{ match: { prefix: written, prefix_exact: true, precedence: 1 } }];
  const elements = written.replace(/\/+$/, '');
  if (pathType === 'ImplementationSpecific' || elements === '')
    return [{ match: { prefix: written } }];
  return [
    { match: { prefix: `${elements}/` } },
    { half: 'itself', match: { prefix: elements, prefix_exact: true } },
  ];
};

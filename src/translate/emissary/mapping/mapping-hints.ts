import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { Mapping } from '../../../kube/emissary/mapping.ts';
import type { Problem } from '../../../problem/problem.ts';

type Spec = Mapping['spec'];

/** Notes about fields that do what they say, which is hardly what was meant. */
export const mappingHints = (object: ObjectRef, spec: Spec): readonly Problem[] =>
  [...cookieHint(spec), ...bypassHint(spec), ...pathHints(spec)].map(([field, note]): Problem => ({
    _tag: 'Note',
    object,
    field: `spec.${field}`,
    note,
  }));

type Hint = readonly [field: string, note: string];

const cookieHint = ({ load_balancer }: Spec): readonly Hint[] =>
  load_balancer?.cookie !== undefined && load_balancer.cookie.ttl === undefined
    ? [
        [
          'load_balancer.cookie.ttl',
          'without it no cookie is made: only clients that have this cookie already stay with one upstream; "0s" makes one that ends with the session',
        ],
      ]
    : [];

/** Who guards narrower prefixes may think that all of their paths are guarded. */
const bypassHint = ({ bypass_auth, prefix, host_redirect }: Spec): readonly Hint[] =>
  bypass_auth === true && prefix === '/' && host_redirect !== true
    ? [
        [
          'bypass_auth',
          'no AuthService is asked about any path that no narrower prefix takes, nor about other spellings of paths that one takes ("//admin", "/%2fadmin"); merge_slashes and reject_requests_with_escaped_slashes of the Module are against those',
        ],
      ]
    : [];

/** What a prefix is replaced by should end with a slash if the prefix does, and only then. */
const pathHints = (spec: Spec): readonly Hint[] => {
  const { prefix, prefix_regex, prefix_exact, host_redirect, shadow, regex_rewrite } = spec;
  if (prefix_regex === true || prefix_exact === true) return [];
  const redirects = host_redirect === true && shadow !== true;
  const isRewritten = !redirects && regex_rewrite?.pattern === undefined;
  const isRedirected = redirects && spec.path_redirect === undefined;
  return [
    ...(isRewritten ? joint('rewrite', prefix, spec.rewrite) : []),
    ...(isRedirected ? joint('prefix_redirect', prefix, spec.prefix_redirect) : []),
  ];
};

const joint = (field: string, prefix: string, replaced = ''): readonly Hint[] => {
  if (replaced === '' || prefix.endsWith('/') === replaced.endsWith('/')) return [];
  const path = prefix.endsWith('/') ? `${prefix}x` : `${prefix}/x`;
  const sent = `${replaced}${path.slice(prefix.length)}`;
  const advice = `end both prefix and ${field} with "/", or neither`;
  return [[field, `a request for ${path} becomes one for ${sent}; ${advice}`]];
};

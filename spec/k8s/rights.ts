import type { AuditEntry } from '../_support/test-cluster/audit-log.ts';
import type { TestCluster } from '../_support/test-cluster/test-cluster.ts';

interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
}

interface Review {
  readonly status: { readonly resourceRules: readonly Rule[] };
}

/** What `kubectl auth can-i --list` says of an account in a namespace, one right a line. */
export const rightsOf = async (
  cluster: TestCluster,
  account: string,
  namespace: string,
): Promise<readonly string[]> => {
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview' };
  const { code, stdout, stderr } = await cluster.kubectl(
    ['create', '--validate=false', '--as', account, '-o', 'json', '-f', '-'],
    JSON.stringify({ ...review, spec: { namespace } }),
  );
  if (code !== 0) throw new Error(stderr);
  const rights = (JSON.parse(stdout) as Review).status.resourceRules.flatMap(flat);
  return [...new Set(rights)].filter((right) => !everybodys.test(right)).toSorted();
};

/** What everybody who is logged in may do: ask who they are and what they may do. */
const everybodys = /^create self\w+\.auth(?:entication|orization)\.k8s\.io$/;

const flat = ({ verbs, apiGroups, resources, resourceNames = [''] }: Rule): readonly string[] =>
  verbs.flatMap((verb) =>
    apiGroups.flatMap((group) =>
      resources.flatMap((resource) =>
        resourceNames.map((name) => right(verb, group, resource, name)),
      ),
    ),
  );

/** The right that a request in the audit log needed; undefined when it was about no resource. */
export const rightFor = ({ verb, objectRef }: AuditEntry): string | undefined => {
  if (objectRef === undefined) return undefined;
  const { resource, apiGroup = '', subresource, name = '' } = objectRef;
  const isNamed = resource === 'leases' && verb !== 'create';
  const whole = subresource === undefined ? resource : `${resource}/${subresource}`;
  return right(verb, apiGroup, whole, isNamed ? name : '');
};

const right = (verb: string, group: string, resource: string, name: string): string => {
  const [plural = '', subresource] = resource.split('/');
  const whole = group === '' ? plural : `${plural}.${group}`;
  return [
    `${verb} ${whole}${subresource === undefined ? '' : `/${subresource}`}`,
    ...(name === '' ? [] : [name]),
  ].join(' ');
};

import { definedOnly } from '../../../collection/defined-only.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { Mapping } from '../../../kube/emissary/mapping.ts';
import type { ModuleConfig } from '../../../kube/emissary/module/module-config.ts';
import type { Problem } from '../../../problem/problem.ts';
import { mappingFaults } from '../mapping/mapping-faults.ts';
import { httpDefaults } from './mapping-defaults.ts';

/** What is wrong with the defaults for Mappings, found as in a Mapping. */
export const mappingDefaultFaults = (
  object: ObjectRef,
  config: ModuleConfig,
): readonly Problem[] => {
  const { cors, enable_ipv4, enable_ipv6, load_balancer, retry_policy } = config;
  const { error_response_overrides } = config;
  const spec = definedOnly<Mapping['spec']>({
    ...{ hostname: '*', prefix: '/', service: 'any', rewrite: '/' },
    ...httpDefaults(config),
    ...{ cors, enable_ipv4, enable_ipv6, load_balancer, retry_policy, error_response_overrides },
  });
  const { fatal, minor } = mappingFaults(object, spec);
  return [...fatal, ...minor].map((problem) =>
    'field' in problem ? { ...problem, field: inConfig(problem.field, config) } : problem,
  );
};

const inConfig = (field: string, { defaults }: ModuleConfig): string => {
  const [, key = ''] = field.split('.');
  const place = field.replace(/^spec\./, '');
  if (defaults?.httpmapping !== undefined && Object.hasOwn(defaults.httpmapping, key))
    return `spec.config.defaults.httpmapping.${place}`;
  return defaults !== undefined && Object.hasOwn(defaults, key)
    ? `spec.config.defaults.${place}`
    : `spec.config.${place}`;
};

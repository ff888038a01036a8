import { definedOnly } from '../../../collection/defined-only.ts';
import {
  defaultConsulAddress,
  expectedConsulAddress,
  forbiddenVariable,
  hasVariables,
  parseConsulAddress,
  usableVariables,
} from '../../../consul/consul-address.ts';
import type { ConsulAgent } from '../../../ir/endpoints.ts';
import { namespaceOf, objectRef, type ObjectKey } from '../../../ir/object-ref.ts';
import type { ConsulResolver } from '../../../kube/emissary/consul-resolver.ts';
import { isForInstallation } from '../../../kube/emissary/installation.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';
import { refusedUse, showRefused } from '../../contribution/refused-addresses.ts';
import { trustedNamespaces } from '../../isolation.ts';
import type { TranslateOptions } from '../../translate-options.ts';

/** Where a ConsulResolver asks; without an agent nobody can be asked. */
export interface ConsulPlace {
  readonly agent?: ConsulAgent;
  readonly problems: readonly Problem[];
}

/**
 * Where a ConsulResolver of this installation asks.
 *
 * The token is a secret of the installation, and who writes a resolver chooses who is sent it: with isolation
 * those of trusted namespaces alone.
 */
export const consulPlace = (options: TranslateOptions) => {
  const trusted = options.isolation === true ? trustedNamespaces(options) : undefined;
  return ({ spec }: ConsulResolver, key: ObjectKey): ConsulPlace | undefined => {
    if (!isForInstallation(spec.ambassador_id, options.ambassadorId)) return undefined;
    const address = spec.address === undefined || spec.address === '' ? usual : spec.address;
    const fault = faultOf(address, options);
    if (fault !== undefined) {
      const object = objectRef('ConsulResolver', key);
      return { problems: [{ _tag: 'InvalidField', object, field: 'spec.address', ...fault }] };
    }
    const isTrusted = trusted === undefined || trusted.includes(namespaceOf(key));
    const datacenter = spec.datacenter === '' ? undefined : spec.datacenter;
    return { agent: definedOnly({ address, datacenter, isTrusted }), problems: noProblems };
  };
};

const usual = defaultConsulAddress;

const faultOf = (
  address: string,
  options: TranslateOptions,
): { readonly expected: string; readonly got: string } | undefined => {
  const variable = forbiddenVariable(address);
  if (variable !== undefined)
    return { expected: `no variable but ${usableVariables}`, got: JSON.stringify(variable) };
  if (hasVariables(address)) return undefined;
  const place = parseConsulAddress(address);
  if (place === undefined) return { expected: expectedConsulAddress, got: JSON.stringify(address) };
  const use = refusedUse(options, place.host);
  return use === undefined
    ? undefined
    : { expected: 'an agent of Consul', got: showRefused(address, use) };
};

import { mayReferTo, type NamespaceGrants, type Referred, type Referrer } from './grants.ts';
import type { TranslateOptions } from './translate-options.ts';

/** The namespaces of whoever installs Headgate: its own, and those that the option names. */
export const trustedNamespaces = ({
  namespace,
  trustedNamespaces: named = [],
}: TranslateOptions): readonly string[] => [namespace, ...named];

/** The namespaces whose annotations count before those of others that want the same names: with isolation, the trusted ones. */
export const foremostNamespaces = (options: TranslateOptions): readonly string[] =>
  options.isolation === true ? trustedNamespaces(options) : [];

/** Says whether an object may refer to another one, given the ReferenceGrants of each namespace. */
export type MayRefer = (
  from: Referrer,
  to: Referred,
  grantsOf: (namespace: string) => NamespaceGrants | undefined,
) => boolean;

/**
 * Whether objects may refer to those of other namespaces: all may, or with isolation those of trusted
 * namespaces, and those whom the operator or a ReferenceGrant of the other namespace allows it.
 */
export const mayRefer = (options: TranslateOptions): MayRefer => {
  if (options.isolation !== true) return () => true;
  const trusted = trustedNamespaces(options);
  const grants = options.referenceGrants ?? [];
  return (from, to, grantsOf) =>
    trusted.includes(from.namespace) ||
    grants.some((one) => matches(one.from, from.namespace) && matches(one.to, to.namespace)) ||
    mayReferTo(grantsOf, from, to);
};

const matches = (granted: string, namespace: string): boolean =>
  granted === '*' || granted === namespace;

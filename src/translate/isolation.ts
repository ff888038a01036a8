import type { TranslateOptions } from './translate-options.ts';

/** The namespaces of whoever installs Headgate: its own, and those that the option names. */
export const trustedNamespaces = ({
  namespace,
  trustedNamespaces: named = [],
}: TranslateOptions): readonly string[] => [namespace, ...named];

/** Says, for a namespace and another one, whether objects of the first may refer to those of the second. */
export const mayRefer = (options: TranslateOptions): ((from: string, to: string) => boolean) => {
  if (options.isolation !== true) return () => true;
  const trusted = trustedNamespaces(options);
  const grants = options.referenceGrants ?? [];
  return (from, to) =>
    from === to ||
    trusted.includes(from) ||
    grants.some((grant) => matches(grant.from, from) && matches(grant.to, to));
};

const matches = (granted: string, namespace: string): boolean =>
  granted === '*' || granted === namespace;

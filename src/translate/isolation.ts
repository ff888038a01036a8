import type { TranslateOptions } from './translate-options.ts';

/** The namespaces of whoever installs Headgate: its own, and those that the option names. */
export const trustedNamespaces = ({
  namespace,
  trustedNamespaces: named = [],
}: TranslateOptions): readonly string[] => [namespace, ...named];

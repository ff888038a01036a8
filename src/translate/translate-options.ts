import { definedOnly } from '../collection/defined-only.ts';
import type { TlsLayout } from './contribution/tls-layout.ts';

/** Which objects are ours, where we are, and what namespaces may do to each other. */
export interface TranslateOptions {
  /** Objects whose `ambassador_id` lists this id are translated. */
  readonly ambassadorId: string;
  /** The namespace of this installation. */
  readonly namespace: string;
  /** Whether one namespace has a part in what is of another only where that is allowed. */
  readonly isolation?: boolean;
  /** Namespaces that may do what that of this installation may. */
  readonly trustedNamespaces?: readonly string[];
  /**
   * How all Listeners serve TLS Hosts, whatever their annotations say: an Envoy without a control
   * plane cannot ask for certificates.
   */
  readonly tlsLayout?: TlsLayout;
}

/** The options that a journal keeps, out of a record that may hold others. */
export const translateOptionsIn = ({
  ambassadorId,
  namespace,
  isolation,
  trustedNamespaces,
}: TranslateOptions): Omit<TranslateOptions, 'tlsLayout'> =>
  definedOnly({ ambassadorId, namespace, isolation, trustedNamespaces });

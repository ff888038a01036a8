import type { TlsLayout } from './contribution/tls-layout.ts';

/** Which objects are ours, and where we are. */
export interface TranslateOptions {
  /** Objects whose `ambassador_id` lists this id are translated. */
  readonly ambassadorId: string;
  /** The namespace of this installation. */
  readonly namespace: string;
  /**
   * How all Listeners serve TLS Hosts, whatever their annotations say: an Envoy without a control
   * plane cannot ask for certificates.
   */
  readonly tlsLayout?: TlsLayout;
}

/** Where an API server is and how to authenticate. */
export interface KubeAccess {
  /** Its URL, maybe with a path. */
  readonly server: string;
  /** The proxy on the way to it: http, https or socks5. */
  readonly proxyUrl?: string;
  /** The namespace that the kubeconfig or the Pod we run in names. */
  readonly namespace?: string;
  /** What a log calls it. */
  readonly description: string;
  /**
   * The credentials for a request; called for each one, because tokens and certificates are
   * rotated.
   *
   * `refused` are those that the server did not accept: newer ones are fetched, if there are any.
   */
  readonly credentials: (refused?: Credentials) => Promise<Credentials>;
}

/** How we authenticate; the same value as before while nothing changed. */
export interface Credentials {
  /** Headers of each request: who we are. */
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: KubeTls;
}

/** How a connection is secured; the same value as before while nothing changed. */
export interface KubeTls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
  /** `false` only where a kubeconfig says `insecure-skip-tls-verify`. */
  readonly rejectUnauthorized?: boolean;
}

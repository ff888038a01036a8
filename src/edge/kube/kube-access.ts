/** Where an API server is and how to be let in. */
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
   * What lets us in now; asked for each request, because tokens and certificates are rotated.
   *
   * `refused` is what the server did not accept: something newer is fetched, if there is anything.
   */
  readonly credentials: (refused?: Credentials) => Promise<Credentials>;
}

/** What lets us in; the same value as before while nothing changed. */
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

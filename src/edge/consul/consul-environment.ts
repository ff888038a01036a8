/**
 * The environment, of which Consul's own clients read these variables:
 *
 * - `CONSUL_HTTP_TOKEN`, or `CONSUL_HTTP_TOKEN_FILE`, a file with it: what allows to ask;
 * - `CONSUL_HTTP_SSL`: whether agents whose address has no scheme are asked over TLS;
 * - `CONSUL_CACERT`: a file with the authorities that vouch for them, in place of those of the system.
 */
export type ConsulEnvironment = NodeJS.ProcessEnv;

/** What Go takes for true. */
export const isTruthy = (value: string | undefined): boolean =>
  ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value ?? '');

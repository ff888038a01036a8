import { ApiVersion, type ConfigSource } from '../../../proto/envoy.ts';

/**
 * Where Envoy gets what a resource refers to: from the stream the resource came on.
 *
 * One constant for all, because Envoy shares a subscription only between equal bytes of it: with
 * other bytes it makes a new provider, which then waits for a secret that is not sent again (Envoy
 * issues 46155 and 47309). It waits without a limit: with one, a listener would become active
 * without its certificate or its routes, a cluster without its endpoints, and would replace the
 * predecessor that still serves. The snapshot guarantees that Envoy waits for nothing in vain: it
 * holds whatever its resources name.
 */
export const adsSource: ConfigSource = {
  ads: {},
  initial_fetch_timeout: { seconds: 0 },
  resource_api_version: ApiVersion.V3,
};

import type { Bootstrap } from '../../../proto/envoy.ts';
import { messageToJson } from '../message/to-json.ts';
import { dnsResolver } from './dns-resolver.ts';

/** A bootstrap as Envoy reads it, with what every Envoy we configure has. */
export const bootstrapJson = (bootstrap: Bootstrap): object => ({
  ...messageToJson('envoy.config.bootstrap.v3.Bootstrap', bootstrap),
  ...dnsResolver,
});

import * as t from 'io-ts';

import { struct } from '../../codec/struct.ts';
import { Anything } from '../../codec/untyped.ts';
import { AuthSpec } from '../auth-service.ts';
import { connectionSettings } from './connection-settings.ts';
import { filterSettings } from './filter-settings.ts';
import { labelDefaults } from './label-defaults.ts';
import { mappingDefaults } from './mapping-defaults.ts';
import { probeSettings } from './probe-settings.ts';
import { runtimeSettings } from './runtime-settings.ts';

/** Keys without effect can have any value: none of them is a reason not to read the others. */
const otherKeys = {
  admin_port: Anything,
  ambassador_id: Anything,
  auth_enabled: Anything,
  debug_mode: Anything,
  diag_port: Anything,
  envoy_override: Anything,
  envoy_validation_timeout: Anything,
  prune_unreachable_routes: Anything,
  redirect_cleartext_from: Anything,
  regex_type: Anything,
  service_port: Anything,
  statsd: Anything,
  tls: Anything,
  use_proxy_proto: Anything,
  x_forwarded_proto_redirect: Anything,
  xff_num_trusted_hops: Anything,
};

/** What the Module of the gateway says, by key. */
export const ModuleConfig = struct(
  {},
  {
    ...connectionSettings,
    ...filterSettings,
    ...labelDefaults,
    ...mappingDefaults,
    ...probeSettings,
    ...runtimeSettings,
    ...otherKeys,
  },
);
export type ModuleConfig = t.TypeOf<typeof ModuleConfig>;

/** What a Module says that is an AuthService: who reads it knows by its name that it has these fields. */
export const AuthConfig = AuthSpec as unknown as t.Type<ModuleConfig, unknown, unknown>;

/** What the Module `tls` of old versions says: it is known by the key under which the Module of the gateway could say it. */
export const TlsConfig: t.Type<ModuleConfig, unknown, unknown> = new t.Type(
  'an object',
  (u): u is ModuleConfig => t.UnknownRecord.is(u),
  (u, context) => (t.UnknownRecord.is(u) ? t.success({ tls: u }) : t.failure(u, context)),
  ({ tls }) => tls,
);

/** What a Module of another name says: nothing of it is read. */
export const OtherConfig: t.Type<ModuleConfig, unknown, unknown> = new t.Type(
  'an object',
  (u): u is ModuleConfig => t.UnknownRecord.is(u),
  (u, context) => (t.UnknownRecord.is(u) ? t.success({}) : t.failure(u, context)),
  t.identity,
);

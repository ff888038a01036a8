import type * as t from 'io-ts';

import { struct } from '../../codec/struct.ts';
import { ageField, metaFields } from '../../core/object-meta.ts';
import { AmbassadorId } from '../ambassador-id.ts';
import { AuthConfig, ModuleConfig, OtherConfig, TlsConfig } from './module-config.ts';

const moduleOf = <C extends t.Mixed>(config: C) =>
  struct(
    {
      metadata: struct(metaFields, ageField),
      spec: struct({ config }, { ambassador_id: AmbassadorId }),
    },
    {},
  );

/** getambassador.io Module: settings of the whole gateway. */
export const Module = moduleOf(ModuleConfig);
export type Module = t.TypeOf<typeof Module>;

/** A Module that is an AuthService in the manner of old versions. */
const AuthModule = moduleOf(AuthConfig);

/** A Module that says how TLS is spoken, in the manner of old versions. */
const TlsModule = moduleOf(TlsConfig);

/** A Module of another name, whose keys mean something else. */
const OtherModule = moduleOf(OtherConfig);

/** The name of the Module that has the settings of the gateway; others mean something else. */
export const gatewayModule = 'ambassador';

/** The name of the Module that is an AuthService in the manner of old versions. */
export const authModule = 'authentication';

/** The name of the Module that says how TLS is spoken, in the manner of old versions. */
export const tlsModule = 'tls';

/** The codec of a Module with this name. */
export const moduleNamed = (name: string): typeof Module | typeof OtherModule =>
  name === gatewayModule ? Module : (others[name] ?? OtherModule);

const others: Readonly<Record<string, typeof OtherModule>> = {
  [authModule]: AuthModule,
  [tlsModule]: TlsModule,
};

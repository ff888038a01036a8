import type * as t from 'io-ts';

import { AnyObject } from '../codec/any-object.ts';
import { recordOf } from '../codec/record-of.ts';
import { struct } from '../codec/struct.ts';
import { ObjectMeta } from '../core/object-meta.ts';
import { AmbassadorId } from './ambassador-id.ts';

/** getambassador.io Module: settings of the whole gateway, of any shape. */
export const Module = struct(
  {
    metadata: ObjectMeta,
    spec: struct({ config: AnyObject }, { ambassador_id: AmbassadorId }),
  },
  {},
);
export type Module = t.TypeOf<typeof Module>;

/** The name of the Module that has the settings of the gateway; others mean something else. */
export const gatewayModule = 'ambassador';

/** The name of the Module that is an AuthService in the manner of old versions. */
export const authModule = 'authentication';

/** The fields of a Module that say from which addresses requests may come. */
const addressFields = ['ip_allow', 'ip_deny'];

/** What a Module of the gateway says of who may pass and of what is limited. */
export interface ModuleAccess {
  /** The fields by which it keeps addresses out. */
  readonly addresses: readonly string[];
  readonly labelDomain?: string;
  /** The domains with labels for Mappings that have none. */
  readonly labelled: readonly string[];
}

/** Reads what a Module says of access. */
export const accessOf = ({ spec: { config } }: Module): ModuleAccess => {
  const { default_label_domain: domain, default_labels: labels } = config;
  return {
    addresses: addressFields.filter(
      (field) => config[field] !== undefined && config[field] !== null,
    ),
    ...(typeof domain === 'string' && { labelDomain: domain }),
    labelled: Object.entries(recordOf(labels)).flatMap(([name, of]) =>
      recordOf(of)['defaults'] === undefined ? [] : [name],
    ),
  };
};

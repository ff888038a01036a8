import { mapEach } from '../../../collection/operator/map-each.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { ConfigMap } from '../../../kube/core/config-map.ts';
import { readAuthorities } from '../../../kube/secret/authorities.ts';

/** The certificates of authorities in a ConfigMap, PEM, or why there are none that can be used. */
export type Authorities =
  | { readonly _tag: 'Right'; readonly right: string }
  | { readonly _tag: 'Left'; readonly left: string };

/** Reads the authorities of ConfigMaps (`ca.crt`). */
export const authoritiesEach = mapEach((configMap: ConfigMap, _: ObjectKey): Authorities => {
  const text = configMap.data?.['ca.crt'];
  return text === undefined ? { _tag: 'Left', left: 'is missing' } : readAuthorities(text);
});

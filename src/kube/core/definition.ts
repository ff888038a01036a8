import type * as t from 'io-ts';

import { struct } from '../codec/struct.ts';
import { text } from '../codec/text.ts';
import { metaFields } from './object-meta.ts';

/** The annotation that says of which release of the Gateway API a definition is: `v1.7.0`. */
export const bundleVersionAnnotation = 'gateway.networking.k8s.io/bundle-version';

/** The annotation that says of which channel of it: `standard` or `experimental`. */
export const channelAnnotation = 'gateway.networking.k8s.io/channel';

/** apiextensions.k8s.io CustomResourceDefinition, cut down to the release that it is of. */
export const CustomResourceDefinition = struct(
  {
    metadata: struct(metaFields, {
      annotations: struct(
        {},
        { [bundleVersionAnnotation]: text(64), [channelAnnotation]: text(64) },
      ),
    }),
  },
  {},
);
export type CustomResourceDefinition = t.TypeOf<typeof CustomResourceDefinition>;

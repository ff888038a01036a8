import { objectKey, type ObjectKey } from '../../ir/object-ref.ts';
import type { Host } from '../emissary/host.ts';

/** The Secret with the certificate of a Host; in the Host's own namespace unless it says otherwise. */
export const secretOfHost = ({ metadata, spec: { tlsSecret } }: Host): ObjectKey | undefined =>
  tlsSecret?.name === undefined
    ? undefined
    : objectKey(tlsSecret.namespace ?? metadata.namespace, tlsSecret.name);

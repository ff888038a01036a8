import * as t from 'io-ts';

import { struct } from '../../codec/struct.ts';
import { Address, Path } from '../../codec/text.ts';

const probeFields = { enabled: t.boolean, prefix: Path, rewrite: Path, service: Address };

/** Paths at which somebody asks how the gateway is. */
const Probe = struct({}, probeFields);

/** The keys of a Module that say where clients may ask how the gateway is. */
export const probeSettings = {
  diagnostics: struct({}, { ...probeFields, allow_non_local: t.boolean }),
  liveness_probe: Probe,
  readiness_probe: Probe,
};

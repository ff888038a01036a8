import * as t from 'io-ts';

import { kindTable, type Kind } from '../kind.ts';
import { hasMangledId, withAmbassadorId } from './legacy-ambassador-id.ts';
import { mapFields, sorted, type Fields } from './legacy-fields.ts';
import { withMapping } from './legacy-mapping.ts';
import { withModule } from './legacy-module.ts';
import { withKeptNames } from './legacy-names.ts';
import { withTls } from './legacy-tls.ts';
import { withTracing } from './legacy-tracing.ts';
import { isOldVersion } from './legacy-version.ts';

/**
 * The fields of an object of Emissary in the shapes of v3alpha1, whatever version they were written in.
 *
 * An API server without a conversion webhook changes `apiVersion` and nothing else, so that an
 * object written in v1 or v2 comes as v3alpha1 with the old shapes in it. Most old shapes can be
 * told from new ones. Where the same words had another meaning, `metadata.managedFields` says in
 * which version they were written.
 */
export const modernised = (kind: Kind, fields: Fields): Fields => {
  const spec = fields['spec'];
  if (kindTable[kind].language !== 'emissary' || !t.UnknownRecord.is(spec)) return fields;
  const isOld = wasWrittenOld(fields) || hasMangledId(spec);
  const steps = [
    withAmbassadorId,
    withKeptNames(kind),
    withTls,
    withoutEmptyNames,
    ...(stepsOf(kind, isOld) ?? []),
  ];
  const modern = steps.reduce<Fields>((before, step) => step(before), spec);
  return modern === spec ? fields : { ...fields, spec: sorted(modern) };
};

type Step = (spec: Fields) => Fields;

const stepsOf = (kind: Kind, isOld: boolean): readonly Step[] | undefined => {
  switch (kind) {
    case 'Mapping':
      return [withMapping(isOld)];
    case 'Module':
      return [withModule];
    case 'TracingService':
      return isOld ? [withTracing] : [];
    default:
      return undefined;
  }
};

/** To Emissary an empty name is no name. */
const withoutEmptyNames = (spec: Fields): Fields =>
  mapFields(spec, ['hostname', 'host', 'host_rewrite', 'sni'], (name) =>
    name === '' ? undefined : name,
  );

/** Whether the spec was last written in an old version, as far as the object tells. */
const wasWrittenOld = ({ apiVersion, metadata }: Fields): boolean => {
  if (isOldVersion(apiVersion)) return true;
  const managers = t.UnknownRecord.is(metadata) ? metadata['managedFields'] : undefined;
  const writers = Array.isArray(managers) ? managers.filter(ownsSpec) : [];
  return writers.length > 0 && writers.every(({ apiVersion: version }) => isOldVersion(version));
};

const ownsSpec = (manager: unknown): manager is Fields =>
  t.UnknownRecord.is(manager) &&
  t.UnknownRecord.is(manager['fieldsV1']) &&
  Object.hasOwn(manager['fieldsV1'], 'f:spec');

import { isLeft } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';

import { objectRef, type ObjectKey, type ObjectRef } from '../ir/object-ref.ts';
import { noProblems } from '../problem/no-problems.ts';
import type { Problem } from '../problem/problem.ts';
import { claimsOf, targetsOf, unreadHostOf } from './claims.ts';
import { fastRead, refused } from './codec/fast-read.ts';
import { fieldPath } from './codec/field-path.ts';
import { leftOut, type LeftOut } from './codec/left-out.ts';
import { depthLimit, type Plain } from './codec/plain.ts';
import { recordOf } from './codec/record-of.ts';
import { report } from './codec/report.ts';
import { KubernetesMeta, metaKey, type ObjectMeta } from './core/object-meta.ts';
import { noEffectOf } from './edge-stack.ts';
import { laterFields } from './gateway/known-shapes.ts';
import { refOf, type Identity } from './identity.ts';
import { codecOf, isDefinedFor, isTold, kindTable, type Kind, type ObjectOf } from './kind.ts';
import type { Decoded, ObjectVersion } from './kube-event.ts';
import { modernised } from './legacy/legacy.ts';
import { tooLarge, usualObjectLimit } from './object-limit.ts';
import { withRelevantLabels } from './relevant-labels.ts';
import { holdsCertificate, readSecretData } from './secret/secret-data.ts';

/** What a raw object turned out to be. */
export type Decoding =
  | { readonly _tag: 'Decoded'; readonly kind: Kind; readonly item: Decoded }
  /** An object that does not concern us; `description` says what it is. */
  | { readonly _tag: 'Ignored'; readonly description: string }
  /** Something that cannot be kept as an object: the problems say why. */
  | { readonly _tag: 'Rejected'; readonly problems: readonly Problem[] };

/** Reads an object of a kind of ours, whose name is as the codec of its metadata wants it. Total. */
export const decodeObject = (
  identity: Extract<Identity, { _tag: 'Ours' }>,
  read: Plain,
  metaCodec: t.Type<ObjectMeta, unknown, unknown> = KubernetesMeta,
  mostBytes: number = usualObjectLimit,
): Decoding => {
  const { kind } = identity;
  const fields = modernised(kind, identity.fields);
  const meta = decodeMeta(metaCodec, fields['metadata'] ?? {});
  if (isLeft(meta))
    return { _tag: 'Rejected', problems: report(claimed(kind, identity.fields), meta.left) };
  const key = metaKey(kindTable[kind].scope, meta.right);
  const object = objectRef(kind, key);
  if (kind === 'CustomResourceDefinition' && !isDefinedFor('gateway', meta.right.name))
    return { _tag: 'Ignored', description: `${kind} of ${kindTable[kind].apiVersion}` };
  const relevant = withRelevantLabels(kind, fields);
  const large = tooLarge(object, kind, read.bytes, mostBytes);
  if (large.length > 0) return refusedWhole(kind, key, fields, relevant, large);
  const content = decodeContent(object, kind, relevant);
  const out = leftOutOf(object, kind, fields, read);
  const problems = [
    ...notTranslated(object, kind),
    ...tooDeep(object, read),
    ...out.faults,
    ...out.fields.map((left) => unknownField(object, kind, left)),
    ...content.problems,
  ];
  const usable = read.tooDeep.length + out.faults.length === 0 && content.object !== undefined;
  return {
    _tag: 'Decoded',
    kind,
    item: {
      key,
      ...(usable ? { object: content.object } : claimedBy(kind, fields, relevant)),
      ...versionOf(kind, fields, usable),
      problems: problems.length === 0 ? noProblems : problems,
    },
  };
};

/** An object at which nothing more is looked than whose it is. */
const refusedWhole = (
  kind: Kind,
  key: ObjectKey,
  fields: Fields,
  relevant: Fields,
  problems: readonly Problem[],
): Decoding => ({
  _tag: 'Decoded',
  kind,
  item: { key, ...claimedBy(kind, fields, relevant), ...versionOf(kind, fields, false), problems },
});

const claimedBy = (kind: Kind, fields: Fields, relevant: Fields) => ({
  ...targetsOf(kind, fields['spec']),
  ...unreadHostOf(kind, relevant),
});

/** The reference for problems of an object whose metadata are not valid. */
const claimed = (kind: Kind, fields: Fields): ObjectRef =>
  refOf(String(fields['kind']), fields['metadata'], kindTable[kind].scope);

interface Content {
  readonly object?: ObjectOf<Kind>;
  readonly problems: readonly Problem[];
}

type Fields = Readonly<Record<string, unknown>>;

/** No status is read here: in a file it is what somebody copied. */
const decodeContent = (
  object: ObjectRef,
  kind: Kind,
  { status: _, ...fields }: Fields,
): Content => {
  if (kind !== 'Secret') {
    const specless = kindTable[kind].language === 'emissary' && fields['spec'] === undefined;
    return decodeWith(kind, object, specless ? { ...fields, spec: {} } : fields);
  }
  const type = typeOf(fields);
  if (!holdsCertificate(type))
    return decodeWith(kind, object, { metadata: fields['metadata'], type });
  const data = readSecretData(object, type, fields);
  if (isLeft(data)) return { problems: [data.left] };
  return decodeWith(kind, object, { metadata: fields['metadata'], type, ...data.right });
};

const decodeWith = (kind: Kind, object: ObjectRef, value: unknown): Content => {
  const codec: t.Decoder<unknown, ObjectOf<Kind>> = codecOf(kind, object);
  const read = fastRead(codec, value);
  if (read !== refused) return { object: read, problems: noProblems };
  const decoded = codec.decode(value);
  return isLeft(decoded)
    ? { problems: report(object, decoded.left) }
    : { object: decoded.right, problems: [] };
};

const decodeMeta = (
  codec: t.Type<ObjectMeta, unknown, unknown>,
  metadata: unknown,
): t.Validation<ObjectMeta> => {
  const read = fastRead(codec, metadata);
  if (read !== refused) return t.success(read);
  return codec.validate(metadata, [
    { key: '', type: t.unknown },
    { key: 'metadata', type: codec },
  ]);
};

const typeOf = ({ type }: Fields): string => (typeof type === 'string' ? type : 'Opaque');

/** The version is kept for the status. */
const versionOf = (
  kind: Kind,
  { metadata, spec }: Fields,
  usable: boolean,
): { readonly version?: ObjectVersion } => {
  if (!isTold(kind)) return {};
  const { language } = kindTable[kind];
  const { uid, generation } = recordOf(metadata);
  if (typeof uid !== 'string') return {};
  const version = typeof generation === 'number' ? { uid, generation } : { uid };
  const isClaimed = !usable && language !== undefined;
  return { version: isClaimed ? { ...version, ...claimsOf(language, spec) } : version };
};

const notTranslated = (object: ObjectRef, kind: Kind): readonly Problem[] => {
  const { isTranslated, isGuarding } = kindTable[kind];
  return isTranslated || isGuarding === true
    ? []
    : [kind === 'DevPortal' ? noEffectOf(object) : { _tag: 'NotYetSupported', object, field: '' }];
};

/** A kind of Kubernetes itself has many fields that we project away. */
const leftOutOf = (object: ObjectRef, kind: Kind, fields: Fields, read: Plain): LeftOut => {
  if (!isTold(kind)) return nothingLeftOut;
  const { faults, fields: unknown } = leftOut(object, codecOf(kind, object), fields, read);
  return { faults, fields: unknown.filter(({ path: [first = ''] }) => !unwatched.has(first)) };
};

const nothingLeftOut: LeftOut = { faults: [], fields: [] };

const unknownField = (
  object: ObjectRef,
  kind: Kind,
  { path, ...meant }: LeftOut['fields'][number],
): Problem => {
  const field = fieldPath(path);
  const isKnown = laterFields[kind]?.includes(field.replace(/\[\d+\]/g, '[]')) === true;
  return isKnown
    ? { _tag: 'NotYetSupported', object, field }
    : { _tag: 'UnknownField', object, field, ...meant };
};

/** Fields every object has, of which we keep little or nothing. */
const unwatched: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'status']);

const tooDeep = (object: ObjectRef, read: Plain): readonly Problem[] =>
  read.tooDeep.map((path) => ({
    _tag: 'InvalidField',
    object,
    field: fieldPath(path),
    expected: `at most ${depthLimit} levels of nesting`,
    got: 'more',
  }));

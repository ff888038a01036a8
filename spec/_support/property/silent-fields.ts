import type * as t from 'io-ts';

import { fieldCodec } from '../../../build/schema.ts';
import { kindTable, type Kind } from '../../../src/kube/kind.ts';
import { shownParts } from '../../../src/ir/shown-parts.ts';
import type { Problem } from '../../../src/problem/problem.ts';
import { allProblems } from '../../../src/translate/assemble/problems.ts';
import { translated, type Manifest } from '../world/builders.ts';
import { settingsOf, type Beside, type Setting } from './values-of-codec.ts';

/** The fields of a spec, as users write them. */
export type Fields = Readonly<Record<string, unknown>>;

/** Everything that is needed to see what a field of one kind does. */
export interface Trial {
  readonly kind: Kind;
  /** The smallest spec that has an effect. */
  readonly bare: Fields;
  /** The object with such a spec, and others on which it can have an effect. */
  readonly world: (spec: Fields) => readonly [Manifest, ...Manifest[]];
  /** What fields need beside them: by field of the spec, or by the path of an inner object. */
  readonly companions: Beside;
}

/** What an object led to: what Envoy will do, and the problems of the object. */
export interface Outcome {
  readonly ir: string;
  readonly problems: readonly Exclude<Problem, { _tag: 'UnreadableFile' | 'UnreadableKind' }>[];
}

/** What a spec leads to; remembered, since most specs are tried more than once. */
export const outcomes = ({ world }: Trial): ((spec: Fields) => Outcome) => {
  const known = new Map<string, Outcome>();
  return (spec) => {
    const key = JSON.stringify(spec);
    const outcome = known.get(key) ?? outcomeOf(world(spec));
    known.set(key, outcome);
    return outcome;
  };
};

const outcomeOf = (objects: ReturnType<Trial['world']>): Outcome => {
  const { ir, problems } = translated(...objects);
  const { kind, metadata } = objects[0];
  const ref = `${kind} ${String(metadata['namespace'])}/${String(metadata['name'])}`;
  return {
    ir: JSON.stringify(shownParts(ir).map(([part, nodes]) => [part, [...nodes]])),
    problems: allProblems(problems).flatMap((problem) =>
      'object' in problem && problem.object === ref ? [problem] : [],
    ),
  };
};

/** The codec of the spec of a kind. */
export const specCodec = (kind: Kind): t.Mixed => {
  const codec = fieldCodec(kindTable[kind].codec, 'spec');
  if (codec === undefined) throw new Error(`expected a spec, found none in ${kind}`);
  return codec;
};

/** Every leaf of a kind with each of its values, alone in a bare object. */
export const aloneIn = ({ kind, bare }: Trial): readonly Setting[] =>
  settingsOf(specCodec(kind), { '': bare });

/** The same, each with its companions. */
export const accompaniedIn = ({ kind, bare, companions }: Trial): readonly Setting[] =>
  settingsOf(specCodec(kind), { ...companions, '': bare }).map((setting) => {
    const beside = companions[`spec.${topOf(setting)}`];
    return {
      ...setting,
      without: { ...Object(setting.without), ...beside },
      with: { ...Object(setting.with), ...beside },
    };
  });

/** The field of the spec in which a leaf is. */
export const topOf = ({ path }: Setting): string => path.split('.')[0] ?? path;

/**
 * The leaves without an effect. A leaf that takes a few words is one if more than one word is
 * silent: one may be, since it is the default. Any other leaf is one if all its values are silent.
 */
export const silentLeaves = (
  settings: readonly Setting[],
  isSilent: (setting: Setting) => boolean,
): readonly string[] =>
  [...Map.groupBy(settings, ({ path }) => path)].flatMap(([path, all]) => {
    const heard = new Set(all.filter((one) => !isSilent(one)).map(({ value }) => value));
    const values = new Set(all.map(({ value }) => value));
    const isWord = all.some((one) => one.isWord);
    return heard.size === 0 || (isWord && values.size - heard.size > 1) ? [path] : [];
  });

/** Whether a problem is about a leaf: its field is that leaf or contains it. */
export const isAbout = ({ field }: { readonly field: string }, { path }: Setting): boolean => {
  const leaf = path.split('.');
  const parts = field.split('.').slice(1);
  return parts.length > 0 && parts.every((part, i) => [part, '*'].includes(leaf[i] ?? ''));
};

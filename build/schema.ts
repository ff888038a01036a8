import * as t from 'io-ts';

import { AnyObject } from '../src/kube/codec/any-object.ts';
import { CelRuled, type CelRule } from '../src/kube/codec/cel-rule.ts';
import { Defaulted } from '../src/kube/codec/defaulted.ts';
import { Dictionary } from '../src/kube/codec/dictionary.ts';
import { Scalar } from '../src/kube/codec/leaf.ts';
import { List } from '../src/kube/codec/list.ts';
import { Strict } from '../src/kube/codec/strict.ts';
import { Untyped } from '../src/kube/codec/untyped.ts';
import { membersOf, type Member } from './members.ts';

/** A structural schema, as API servers take it. */
export interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-preserve-unknown-fields'?: true;
  readonly 'x-kubernetes-validations'?: readonly CelRule[];
  readonly [constraint: string]: unknown;
}

/** What an API server must check so that the codec reads whatever it lets through. */
export const schemaOf = (codec: t.Mixed): Schema => {
  if (codec instanceof CelRuled) return withRules(schemaOf(codec.type), codec.rules);
  if (codec instanceof Defaulted) return schemaOf(codec.written);
  if (codec instanceof List) return arrayOf(codec);
  if (codec instanceof Dictionary) return mapOf(codec);
  if (codec instanceof Scalar) return withRules({ ...codec.constraint }, codec.rules);
  if (codec instanceof t.ReadonlyType || codec instanceof t.ExactType || codec instanceof Strict)
    return schemaOf(codec.type);
  if (codec instanceof t.StringType) return { type: 'string' };
  if (codec instanceof t.BooleanType) return { type: 'boolean' };
  if (codec instanceof Untyped) return { 'x-kubernetes-preserve-unknown-fields': true };
  if (codec === AnyObject) return { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const members = membersOf(codec);
  if (members.length === 0 && !(codec instanceof t.IntersectionType))
    throw new Error(`expected a codec with a schema, found ${codec.name}`);
  return objectOf(members);
};

/** The codec of one field of an object. */
export const fieldCodec = (codec: t.Mixed, field: string): t.Mixed | undefined =>
  codec instanceof t.ReadonlyType || codec instanceof t.ExactType
    ? fieldCodec(codec.type, field)
    : membersOf(codec).find(([name]) => name === field)?.[1];

/** A schema with more CEL rules. */
export const withRules = (schema: Schema, rules: readonly CelRule[]): Schema =>
  rules.length === 0
    ? schema
    : {
        ...schema,
        'x-kubernetes-validations': [...(schema['x-kubernetes-validations'] ?? []), ...rules],
      };

const arrayOf = ({ type, least, most }: List<t.Mixed>): Schema => ({
  type: 'array',
  ...(least === 0 ? {} : { minItems: least }),
  maxItems: most,
  items: schemaOf(type.type),
});

/** A schema cannot limit the keys of a map, but a CEL rule can. */
const mapOf = ({ key, value, most }: Dictionary<t.Mixed>): Schema =>
  withRules({ type: 'object', maxProperties: most, additionalProperties: schemaOf(value) }, [
    keptKeys,
    ...(key instanceof Scalar ? keyRules(key) : []),
  ]);

/** A key that no object can be read with, and without which it would mean more. */
const keptKeys: CelRule = {
  rule: '!("__proto__" in self)',
  message: 'expected another key than __proto__',
};

const keyRules = ({ constraint, name }: Scalar<unknown>): readonly CelRule[] => {
  if (constraint.type !== 'string') return [];
  const { maxLength, pattern, not } = constraint;
  const rule = [
    ...(maxLength === undefined ? [] : [`size(key) <= ${maxLength}`]),
    ...(pattern === undefined ? [] : [`key.matches(${literal(pattern)})`]),
    ...(not === undefined ? [] : [`!key.matches(${literal(not.pattern)})`]),
  ].join(' && ');
  return [{ rule: `self.all(key, ${rule})`, message: `expected of each key: ${name}` }];
};

/** JSON and CEL write text alike. */
const literal = (text: string): string => JSON.stringify(text);

const objectOf = (members: readonly Member[]): Schema => {
  const sorted = [...members].sort(([a], [b]) => (a < b ? -1 : 1));
  const required = sorted
    .filter(([, one, isRequired]) => isRequired && !(one instanceof Defaulted))
    .map(([name]) => name);
  return {
    type: 'object',
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(sorted.map(([name, codec]) => [name, schemaOf(codec)])),
  };
};

import protobuf from 'protobufjs';

/**
 * TypeScript for every message and enum below a root, and `Messages`, from full name to type.
 *
 * protobufjs encodes plain objects without looking at what it does not know: a misspelt field, an
 * enum given by name or a second member of a oneof would vanish or be sent without a word. These
 * types make each of them a compile error.
 */
export const declarations = (root: protobuf.Root): readonly string[] => {
  const all = typesBelow(root);
  const names = localNames(all);
  const nameOf = (type: protobuf.ReflectionObject): string => {
    const name = names.get(type);
    if (name === undefined) throw new Error(`expected a declared type, got ${type.fullName}`);
    return name;
  };
  const messages = all.filter((type) => type instanceof protobuf.Type);
  return [
    ...all.map((type) =>
      type instanceof protobuf.Enum ? enumeration(type, nameOf) : message(type, nameOf),
    ),
    '/** Every message by its full name. */',
    'export interface Messages {',
    ...messages.map((type) => `readonly '${type.fullName.slice(1)}': ${nameOf(type)};`),
    '}',
  ];
};

type Declared = protobuf.Type | protobuf.Enum;
type NameOf = (type: protobuf.ReflectionObject) => string;

const typesBelow = (namespace: protobuf.NamespaceBase): readonly Declared[] =>
  namespace.nestedArray.flatMap((object) => [
    ...(object instanceof protobuf.Type || object instanceof protobuf.Enum ? [object] : []),
    ...(object instanceof protobuf.Namespace || object instanceof protobuf.Type
      ? typesBelow(object)
      : []),
  ]);

/**
 * The names joined from the outermost message inwards; after the package where two are equal, and
 * after `Xds` for what is not Envoy's own.
 */
const localNames = (all: readonly Declared[]): ReadonlyMap<protobuf.ReflectionObject, string> => {
  const short = new Map(all.map((type) => [type, pathOf(type).join('')] as const));
  const uses = Map.groupBy(short.values(), (name) => name);
  return new Map(
    [...short].map(([type, name]) => [
      type,
      (uses.get(name)?.length ?? 0) > 1 ? `${packageNoun(type)}${name}` : name,
    ]),
  );
};

const pathOf = (type: protobuf.ReflectionObject): readonly string[] =>
  type.parent instanceof protobuf.Type
    ? [...pathOf(type.parent), type.name]
    : [...(type.fullName.startsWith('.xds.') ? ['Xds'] : []), type.name];

/** `envoy.config.core.v3` → `Core`. */
const packageNoun = (type: protobuf.ReflectionObject): string => {
  const noun = type.fullName.split('.').findLast((part) => /^[a-z]/.test(part) && part !== 'v3');
  return noun === undefined ? '' : `${noun.slice(0, 1).toUpperCase()}${noun.slice(1)}`;
};

const enumeration = (type: protobuf.Enum, nameOf: NameOf): string => {
  const name = nameOf(type);
  const values = Object.entries(type.values).map(([key, value]) => `${key}: ${value},`);
  return [
    `/** ${type.fullName.slice(1)} */`,
    `export const ${name} = {${values.join('')}} as const;`,
    `export type ${name} = (typeof ${name})[keyof typeof ${name}];`,
  ].join('\n');
};

const message = (type: protobuf.Type, nameOf: NameOf): string => {
  const name = nameOf(type);
  const choices = type.oneofsArray.filter(({ fieldsArray }) => fieldsArray.length > 1);
  const chosen = new Set(choices.flatMap(({ fieldsArray }) => fieldsArray));
  const plain = type.fieldsArray.filter((field) => !chosen.has(field));
  const doc = `/** ${type.fullName.slice(1)} */`;
  if (choices.length === 0) return `${doc}\nexport interface ${name} ${record(plain, nameOf)}`;
  const parts = choices.map(({ fieldsArray }) => oneOf(fieldsArray, nameOf));
  if (plain.length > 0) parts.unshift(record(plain, nameOf));
  return `${doc}\nexport type ${name} = ${parts.join(' & ')};`;
};

const record = (fields: readonly protobuf.Field[], nameOf: NameOf): string =>
  `{${fields.map((field) => `readonly ${field.name}?: ${fieldType(field, nameOf)};`).join('')}}`;

/** At most one of the fields: for each of them a record that excludes the others. */
const oneOf = (fields: readonly protobuf.Field[], nameOf: NameOf): string => {
  const only = (chosen: protobuf.Field): string =>
    fields
      .map((field) => {
        const type = field === chosen ? fieldType(field, nameOf) : 'never';
        return `readonly ${field.name}?: ${type};`;
      })
      .join('');
  return `(${fields.map((field) => `{${only(field)}}`).join(' | ')})`;
};

const fieldType = (field: protobuf.Field, nameOf: NameOf): string => {
  const type = field.resolvedType === null ? scalar(field.type) : nameOf(field.resolvedType);
  if (field.map) return `{ readonly [key: string]: ${type} }`;
  return field.repeated ? `readonly ${type}[]` : type;
};

const scalar = (type: string): string => {
  switch (type) {
    case 'string':
      return 'string';
    case 'bool':
      return 'boolean';
    case 'bytes':
      return 'Uint8Array';
    default:
      return 'number';
  }
};

import * as fc from 'fast-check';

import type { Schema } from '../../../build/schema.ts';

/** Values of which most meet a schema, and some just fail to, in every possible place. */
export const valuesOf = (schema: Schema): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: fitting(schema), weight: 25 }, { arbitrary: strange, weight: 1 });

const fitting = (schema: Schema): fc.Arbitrary<unknown> => {
  switch (schema.type) {
    case 'object':
      return schema.additionalProperties === undefined
        ? records(schema)
        : fc.dictionary(names, valuesOf(schema.additionalProperties), options);
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}), { ...options, minLength: 1 });
    case 'integer':
      return integers(schema);
    case 'boolean':
      return fc.boolean();
    case 'string':
      return texts(schema);
    default:
      return fc.constant({ any: ['thing'] });
  }
};

const options = { maxLength: 3, maxKeys: 3, noNullPrototype: true } as const;

/** Objects that have each field sometimes, and each required field nearly always. */
const records = ({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> =>
  fc
    .record(
      Object.fromEntries(
        Object.entries(properties).map(([name, schema]) => [
          name,
          fc.option(valuesOf(schema), { nil: undefined, freq: required.includes(name) ? 40 : 1 }),
        ]),
      ),
      { noNullPrototype: true },
    )
    .chain((fields) => {
      const present = Object.entries(fields).filter(([, value]) => value !== undefined);
      const optional = present.filter(([name]) => !required.includes(name));
      return fc
        .subarray(optional, { maxLength: Math.min(6, optional.length) })
        .map((some) =>
          Object.fromEntries([...present.filter(([name]) => required.includes(name)), ...some]),
        );
    });

const integers = ({ enum: allowed, minimum = 0, maximum = 0 }: Schema): fc.Arbitrary<unknown> => {
  const bounds = [Number(minimum), Number(maximum)];
  return Array.isArray(allowed)
    ? fc.constantFrom<unknown>(...allowed, ...allowed, 1)
    : fc.constantFrom(...bounds, ...bounds, ...bounds, Number(minimum) - 1, Number(maximum) + 1);
};

const texts = ({ enum: allowed, maxLength }: Schema): fc.Arbitrary<unknown> => {
  if (Array.isArray(allowed)) return fc.constantFrom<unknown>(...allowed, ...allowed, 'other');
  const most = typeof maxLength === 'number' ? maxLength : 10;
  return fc.oneof(
    { arbitrary: fc.constantFrom('a', '1', '1s', '*', 'a.b', '/a', 'x-a'), weight: 12 },
    { arbitrary: fc.constantFrom(...durations, ...hostnames, ...controls), weight: 3 },
    { arbitrary: fc.constantFrom('x', '1', 'é', '😀').map((c) => c.repeat(most)), weight: 1 },
    { arbitrary: fc.constantFrom('x', '1', '😀').map((c) => c.repeat(most + 1)), weight: 1 },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 4 }), weight: 1 },
  );
};

const durations = [
  '0',
  '1h30m',
  '.5s',
  '576h',
  '576h1ns',
  '99999999h',
  '1.2.3s',
  '-1s',
  '1µs',
  '1',
];
const hostnames = ['', '*.a', 'a.*', '*a*', 'a:80', 'a/b', 'https://', 'HTTP://', 'ü'];
const controls = ['a\nb', 'a\u0000', ' ', 'a\tb', 'Host', 'hOst', ':path', 'Upgrade', 'a b'];

/** Keys of maps. */
const names = fc.oneof(
  { arbitrary: fc.constantFrom('a', 'x-a', 'B'), weight: 12 },
  {
    arbitrary: fc.constantFrom(
      ':path',
      ':other',
      'Host',
      'a b',
      '',
      'é',
      'x'.repeat(257),
      'trailer',
      'X-Envoy-a',
      'te',
    ),
    weight: 1,
  },
);

const strange = fc.constantFrom<unknown>(0, 1.5, '', 'x', true, [], [1], {}, { a: 1 });

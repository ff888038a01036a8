import * as t from 'io-ts';

import { nearest } from '../../problem/nearest.ts';
import { CelRuled } from './cel-rule.ts';
import { Scalar } from './leaf.ts';
import { List } from './list.ts';

/**
 * The value that somebody may have meant by a text, which a codec refuses: a number or a truth in quotation
 * marks, `5s` for milliseconds, a word with a wrong letter; or by one entry without the list around it.
 * Undefined where none is near.
 */
export const meantValue = (
  codec: t.Decoder<unknown, unknown> | undefined,
  field: string,
  value: unknown,
): string | undefined => {
  const inner = codec instanceof CelRuled ? codec.type : codec;
  if (codec instanceof t.Type && inner instanceof List) return listOf(codec, value);
  if (typeof value !== 'string' || value.length > longest) return undefined;
  if (codec instanceof t.BooleanType) return truths.get(value.toLowerCase());
  if (!(codec instanceof Scalar)) return undefined;
  if (codec.constraint.type === 'string') return nearest(value, codec.constraint.enum ?? []);
  const number = field.endsWith('_ms') ? milliseconds(value) : Number(value || NaN);
  return codec.is(number) ? String(number) : undefined;
};

const longest = 64;

const listOf = (codec: t.Mixed, entry: unknown): string | undefined => {
  if (Array.isArray(entry) || !codec.is([entry])) return undefined;
  const json = JSON.stringify([entry]);
  return json.length <= longest ? json : undefined;
};

const milliseconds = (text: string): number => {
  const [, digits = '', unit = 'ms'] = /^(\d+(?:\.\d+)?)\s?(ms|s|m|h)?$/.exec(text) ?? [];
  return digits === '' ? NaN : Number(digits) * (units.get(unit) ?? NaN);
};

const units: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

const truths: ReadonlyMap<string, string> = new Map([
  ...['true', 'yes', 'on', 'y'].map((word) => [word, 'true'] as const),
  ...['false', 'no', 'off', 'n'].map((word) => [word, 'false'] as const),
]);

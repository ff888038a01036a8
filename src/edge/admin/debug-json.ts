import { Sensitive } from '../../ir/sensitive.ts';
import { isCredential, redaction } from '../../problem/credentials.ts';
import { Members } from './members.ts';

/**
 * JSON to show to an operator, without private keys and credentials in headers; in pieces, each of which is made when it is
 * taken.
 *
 * A generator shows as an array, `Members` as an object. The caller need not know where a value
 * could hold a private key: a field with such a name, a PEM block in any text, plain or base64, and
 * raw bytes are all left out.
 */
export function* debugJson(value: unknown): Generator<string, void, void> {
  yield* pieces('', value, '', 0);
  yield '\n';
}

/** Down to this depth there may be many of something; what is deeper comes in one piece. */
const deepest = 3;

function* pieces(
  key: string,
  value: unknown,
  indent: string,
  depth: number,
): Generator<string, void, void> {
  const members = depth > deepest || isSecret(key) ? undefined : membersOf(masked(value));
  if (members === undefined) {
    yield textOf(key, value).replaceAll('\n', `\n${indent}`);
    return;
  }
  const [open, close] = members.isObject ? ['{', '}'] : ['[', ']'];
  let before = open;
  for (const [name, member] of members.entries) {
    if (members.isObject && member === undefined) continue;
    yield `${before}\n${indent}  ${members.isObject ? `${JSON.stringify(name)}: ` : ''}`;
    yield* pieces(name, member, `${indent}  `, depth + 1);
    before = ',';
  }
  yield before === open ? `${open}${close}` : `\n${indent}${close}`;
}

/** The members of a value that are shown one after the other. */
interface Shown {
  readonly isObject: boolean;
  readonly entries: Iterable<readonly [string, unknown]>;
}

const membersOf = (value: unknown): Shown | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof Members) return { isObject: true, entries: value.entries };
  if (Array.isArray(value) || isGenerator(value))
    return { isObject: false, entries: listed(value) };
  return Object.getPrototypeOf(value) === Object.prototype && !('toJSON' in value)
    ? { isObject: true, entries: Object.entries(value) }
    : undefined;
};

const isGenerator = (value: object): value is Iterable<unknown> =>
  Symbol.iterator in value && 'next' in value;

function* listed(values: Iterable<unknown>): Generator<readonly [string, unknown]> {
  for (const value of values) yield ['', value];
}

const textOf = (key: string, value: unknown): string =>
  JSON.stringify(
    redacted(key, value, value),
    function (this: Readonly<Record<string, unknown>>, name: string, shown: unknown) {
      return redacted(name, this[name], shown);
    },
    2,
  ) ?? 'null';

/** `original` is the value before `toJSON`, which turns a Buffer into a list of its bytes. */
const redacted = (key: string, original: unknown, shown: unknown): unknown => {
  if (original instanceof Sensitive) return { handle: original.handle };
  if (original instanceof Uint8Array) return `[${original.length} bytes]`;
  if (original instanceof Map) return Object.fromEntries(original);
  if (original instanceof Set) return [...original];
  if (typeof original === 'bigint') return String(original);
  if (isSecret(key)) return redaction;
  if (typeof shown === 'string') return holdsPrivateKey(shown) ? redaction : shown;
  return masked(shown);
};

/** A header that carries a credential, as it is added or compared, without what it says. */
const masked = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  const { name, key = name } = value as { readonly name?: unknown; readonly key?: unknown };
  if (typeof key !== 'string' || !isCredential(key)) return value;
  if (!contents.some((field) => field in value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, content]) => [
      field,
      contents.includes(field) ? redaction : content,
    ]),
  );
};

/** The fields of a header, or of a condition on one, in the IR and in Envoy's messages. */
const contents: readonly string[] = ['value', 'match', 'string_match'];

const isSecret = (key: string): boolean => /^private_?key/i.test(key);

/** `LS0tLS1CRUdJTi` is `-----BEGIN` in base64; certificates are left out too, to be safe. */
const holdsPrivateKey = (text: string): boolean =>
  text.includes('PRIVATE KEY') || text.includes('LS0tLS1CRUdJTi');

import { Sensitive } from '../ir/sensitive.ts';

/**
 * JSON to show to an operator, without private keys.
 *
 * Whoever gives a value is not expected to know where in it a key could be: a field named as one, a
 * PEM block in any text, plain or base64, and raw bytes are all left out.
 */
export const debugJson = (value: unknown): string =>
  `${JSON.stringify(
    value,
    function (this: Readonly<Record<string, unknown>>, key: string, shown: unknown) {
      return redacted(key, this[key], shown);
    },
    2,
  )}\n`;

/** `original` is the value before `toJSON` had its say, which turns a Buffer into its bytes. */
const redacted = (key: string, original: unknown, shown: unknown): unknown => {
  if (original instanceof Sensitive) return { handle: original.handle };
  if (original instanceof Uint8Array) return `[${original.length} bytes]`;
  if (original instanceof Map) return Object.fromEntries(original);
  if (original instanceof Set) return [...original];
  if (typeof original === 'bigint') return String(original);
  if (/^private_?key/i.test(key)) return '[redacted]';
  return typeof shown === 'string' && holdsPrivateKey(shown) ? '[redacted]' : shown;
};

/** `LS0tLS1CRUdJTi` is `-----BEGIN` in base64; the certificates beside a key are not worth a risk. */
const holdsPrivateKey = (text: string): boolean =>
  text.includes('PRIVATE KEY') || text.includes('LS0tLS1CRUdJTi');

/** Shows the path of a field as `kubectl` does: `spec.rules[0].port`, `spec.headers[x.y]`. */
export const fieldPath = (keys: readonly string[]): string =>
  keys
    .map((key) => (simple.test(key) ? `.${key}` : `[${key}]`))
    .join('')
    .replace(/^\./, '');

const simple = /^[A-Za-z_][A-Za-z0-9_-]*$/;

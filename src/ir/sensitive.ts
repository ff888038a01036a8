/**
 * Bytes that must reach Envoy and nobody else: a private key.
 *
 * `JSON.stringify`, `console.log`, spread and structural comparison see only `handle`, a digest that
 * stands for the value: equal values have equal handles on every replica. A journal keeps the handle
 * alone, so a replayed secret has a handle and no value.
 */
export class Sensitive {
  /** Stands for the value in versions, journals and logs. */
  readonly handle: string;
  readonly #value: string | undefined;

  constructor(handle: string, value?: string) {
    this.handle = handle;
    this.#value = value;
  }

  /** The value itself; absent when it came out of a journal. */
  reveal(): string | undefined {
    return this.#value;
  }
}

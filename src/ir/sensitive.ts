/**
 * Bytes that must reach Envoy and nobody else: a private key.
 *
 * `JSON.stringify` sees only `handle`, a digest that stands for the value: equal values have equal handles on
 * every replica. `console.log`, spread and structural comparison see also whether the value is lost. A journal
 * keeps the handle alone, so a replayed secret has a handle and no value.
 */
export class Sensitive {
  /** Stands for the value in versions, journals and logs. */
  readonly handle: string;
  /** Whether only Envoys that were sent the value have it: this control plane was started after that. */
  readonly isLost: boolean;
  readonly #value: string | undefined;

  constructor(handle: string, value?: string, isLost = false) {
    this.handle = handle;
    this.isLost = isLost;
    this.#value = value;
  }

  /** The value itself; absent when it is lost, or came out of a journal. */
  reveal(): string | undefined {
    return this.#value;
  }

  /** The same value, of which this control plane knows the handle alone. */
  lost(): Sensitive {
    return new Sensitive(this.handle, undefined, true);
  }

  toJSON(): { readonly handle: string } {
    return { handle: this.handle };
  }
}

/**
 * The search for the resource that made Envoy refuse a response.
 *
 * A refusal does not say reliably which resource was at fault, nor which of the others were applied
 * (Envoy issue 32880), so the response is repeated in halves until the culprit is alone. The
 * `suspects` hold a culprit for certain. The `later` ones may be innocent and are sent together
 * when the culprit is found: one culprit among n costs about log2(n) + 2 responses. Types of which
 * Envoy would acknowledge a repeat that it cannot use are sent one by one instead (`isSentAlone`).
 */
export interface Narrowing {
  readonly suspects: readonly string[];
  readonly later: readonly string[];
}

/** The suspects to send next, so that the answer tells more. */
export const probe = ({ suspects }: Narrowing): readonly string[] =>
  suspects.slice(0, Math.ceil(suspects.length / 2));

/** After the probe was accepted: the culprit is in the rest, if there is any. */
export const acquitted = (narrowing: Narrowing): Narrowing => ({
  ...narrowing,
  suspects: narrowing.suspects.slice(probe(narrowing).length),
});

/** After the probe was refused: the culprit is in it, and found if it is a single name. */
export const convicted = (narrowing: Narrowing): Narrowing => {
  const guilty = probe(narrowing);
  return {
    ...narrowing,
    suspects: guilty.length === 1 ? [] : guilty,
    later: [...narrowing.later, ...narrowing.suspects.slice(guilty.length)],
  };
};

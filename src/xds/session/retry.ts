import { TypeUrl } from '../type-url.ts';
import type { Refusal } from './discovery.ts';

/** Listeners that one Envoy could not bind, and how often they have been sent in vain. */
export interface Retry {
  readonly names: ReadonlySet<string>;
  /** 1 after the first time. */
  readonly attempts: number;
}

/**
 * Whether Envoy refused a listener because of what is around it, and not because of what it says: its port is
 * taken, or Envoy may not have it. Later the same listener may be accepted, so no object is at fault.
 *
 * Only binding ends in such a refusal (measured on 1.40.0): an Envoy that is out of files aborts.
 */
export const isUnbound = ({ typeUrl, name, message }: Refusal): boolean =>
  typeUrl === TypeUrl.Listener &&
  message.startsWith(`Error adding/updating listener(s) ${name}: cannot bind '`);

/** The retry after a wave in which this was refused: a listener that is new in it begins again. */
export const retryOf = (
  retry: Retry | undefined,
  refused: readonly Refusal[],
): Retry | undefined => {
  const names = new Set(refused.filter(isUnbound).map(({ name }) => name));
  if (names.size === 0) return undefined;
  const isKnown = [...names].every((name) => retry?.names.has(name) === true);
  return { names, attempts: isKnown ? (retry?.attempts ?? 1) : 1 };
};

/** How long after so many attempts the next one is made, in milliseconds: 1 s, 2 s, 4 s, to 30 s. */
export const waitAfter = (attempts: number): number =>
  Math.min(1_000 * 2 ** (attempts - 1), 30_000);

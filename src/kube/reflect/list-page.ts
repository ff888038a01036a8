import { ApiFault } from './api-fault.ts';

/** A part of all objects of a kind, as they were at one moment. */
export interface ListPage {
  readonly items: readonly unknown[];
  /** The moment: the same for all pages of a list. */
  readonly resourceVersion: string;
  /** What to ask for the next page with; absent on the last one. */
  readonly continue?: string;
}

/** Reads the answer to a list call; one that is not a list is a fault. */
export const listPage = (answer: unknown): ListPage => {
  const { metadata, items } = { ...(answer as { metadata?: unknown; items?: unknown } | null) };
  const { resourceVersion, continue: token } = { ...(metadata as Record<string, unknown> | null) };
  if (typeof resourceVersion !== 'string' || !(items === null || Array.isArray(items)))
    throw new ApiFault('the API server answered with what is not a list');
  return {
    items: items ?? [],
    resourceVersion,
    ...(typeof token === 'string' && token !== '' ? { continue: token } : {}),
  };
};

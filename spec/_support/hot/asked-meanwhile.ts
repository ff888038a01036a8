/** Asks without a pause, in several lines at once, as long as something is done; all statuses that were answered. */
export const askedMeanwhile = async (
  status: () => Promise<number>,
  something: () => Promise<void>,
): Promise<readonly number[]> => {
  const statuses = new Set<number>();
  const done = new AbortController();
  const lines = Array.from({ length: 4 }, async () => {
    while (!done.signal.aborted) statuses.add(await status());
  });
  await something().finally(() => done.abort());
  await Promise.all(lines);
  return [...statuses].sort();
};

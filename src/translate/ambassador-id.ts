/** Whether an object is for an installation: it lists its id, or `_automatic_` (emissary.md §1). */
export const isForInstallation = (
  ids: readonly string[] | undefined,
  installation: string,
): boolean => {
  const listed = ids ?? ['default'];
  return listed.includes(installation) || listed.includes('_automatic_');
};

/**
 * Whether an object is for an installation: it lists its id, or `_automatic_`, which is for all. An
 * object that lists none is for the installation `default`.
 */
export const isForInstallation = (
  ids: readonly string[] | undefined,
  installation: string,
): boolean => {
  const listed = ids === undefined || ids.length === 0 ? ['default'] : ids;
  return listed.includes(installation) || listed.includes('_automatic_');
};

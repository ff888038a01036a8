/** Collects all garbage; the process was started with `--expose-gc`. */
export const collectGarbage = (): void => {
  if (globalThis.gc === undefined) throw new Error('expected node --expose-gc');
  globalThis.gc();
};

/**
 * The variables that Envoy is given of ours: how programs are loaded, names are resolved and times
 * are shown. No other, because ours can hold secrets (`envFrom` of the chart).
 */
export const envoyEnvironment = (
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    allowed.flatMap((name) => {
      const value = env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

const allowed = ['GLIBC_TUNABLES', 'LD_LIBRARY_PATH', 'LOCALDOMAIN', 'RES_OPTIONS', 'TZ'];

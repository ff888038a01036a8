/** The folder of this package: the checkout, or where it is installed (then this code is in `dist`). */
export const packageRoot = new URL(
  /\/src\/cli\/[^/]+\.ts$/.test(import.meta.url) ? '../../' : '../',
  import.meta.url,
);

import { build } from 'esbuild';

/** Bundles the command line for the npm package; its dependencies stay packages. */
await build({
  entryPoints: ['src/cli/main.ts'],
  outfile: 'dist/main.js',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
});

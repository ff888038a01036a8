#!/usr/bin/env node
// Starts the command line: from the sources in a checkout, from the build in an installed package
// (Node strips no types below node_modules).
import { existsSync } from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 12)) {
  process.stderr.write(
    `headgate: needs Node.js 24.12 or newer, and this is ${process.versions.node}. ` +
      'In a checkout, "npm ci" installs one beside it and "npm start" and "npx headgate" use it.\n',
  );
  process.exit(2);
}
const source = new URL('../src/cli/main.ts', import.meta.url);
const { main } = await import(existsSync(source) ? source.href : '../dist/main.js');
await main(process.argv);

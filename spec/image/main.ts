import { inspect } from 'node:util';

import { buildImage, whatIsMissing } from './built-image.ts';
import { checks } from './checks.ts';
import { aWorld } from './world.ts';

/**
 * Builds the image, runs it the way a restricted Pod does, and checks what is promised of it.
 *
 * It is a program and not a spec of AVA: it needs root, and two programs that few have installed.
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const missing = whatIsMissing();
if (missing !== undefined) {
  say(`The image cannot be tested here. Missing is ${missing}`);
  process.exit(1);
}

const began = performance.now();
const seconds = (): string => `${((performance.now() - began) / 1000).toFixed(0)} s`;
const image = await buildImage((line) => say(`  ${line}`));
say(`  built in ${seconds()}`);
let failed = 0;
try {
  const world = await aWorld(image);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(
      signal,
      () =>
        void world
          .end()
          .then(image.remove)
          .then(() => process.exit(1)),
    );
  try {
    for (const [title, check] of Object.entries(checks)) {
      const error = await check(world).then(
        () => undefined,
        (reason: unknown) => reason ?? 'rejected',
      );
      say(`  ${error === undefined ? '✔' : '✘'} ${title}`);
      if (error === undefined) continue;
      failed += 1;
      say(inspect(error));
      say(world.container().lines.slice(-20).join('\n'));
    }
  } finally {
    await world.end();
  }
} finally {
  await image.remove();
}

const counted = (count: number): string => `${count} test${count === 1 ? '' : 's'}`;
say(`  ${counted(Object.keys(checks).length - failed)} passed`);
if (failed > 0) say(`  ${counted(failed)} failed`);
say(`  ${seconds()} in all`);
process.exitCode = failed === 0 ? 0 : 1;

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** Runs a program with these lines as its input; fails with what it says. */
export const piped = async (
  program: string,
  args: readonly string[],
  lines: readonly string[],
): Promise<void> => {
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] });
  const closed = once(child, 'close');
  child.stdin.on('error', () => undefined).end(`${lines.join('\n')}\n`);
  const [said, [code]] = await Promise.all([text(child.stderr), closed]);
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}: ${said.trim()}`);
};

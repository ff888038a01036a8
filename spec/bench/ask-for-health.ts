import { Agent, get } from 'node:http';

/**
 * A program that asks for a health check at this port every few milliseconds, until it is told to
 * stop; then it says how long each one took.
 */
const port = Number(process.argv[2]);
const everyMs = 5;

const agent = new Agent({ keepAlive: true });
const times: number[] = [];

const look = (): void => {
  const began = performance.now();
  const done = (): void => {
    const taken = performance.now() - began;
    times.push(taken);
    setTimeout(look, Math.max(0, everyMs - taken));
  };
  get({ agent, host: '127.0.0.1', port, path: '/ambassador/v0/check_alive' }, (response) => {
    response.resume().once('end', done);
  }).once('error', done);
};

look();
process.once('message', () => {
  process.send?.(times, () => process.exit());
});
process.once('disconnect', () => process.exit());

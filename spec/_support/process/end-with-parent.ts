/** Preloaded into a program: stops it when whoever started it is gone, for whatever reason. */
process.stdin.once('end', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.resume();
if ('unref' in process.stdin) process.stdin.unref();

import test from 'ava';
import { pino } from 'pino';

import { stopRequests } from '../../../../src/cli/serve/stop-requests.ts';

test('a closed terminal asks for an orderly end, as Ctrl-C does; once more ends at once', async (t) => {
  const requests = stopRequests(pino({ level: 'silent' }));
  t.teardown(requests.release);

  process.emit('SIGHUP', 'SIGHUP');
  await requests.asked;
  t.false(requests.immediate.aborted);
  process.emit('SIGINT', 'SIGINT');

  t.true(requests.immediate.aborted);
});

import { connect } from 'node:net';
import test from 'ava';

import { eventually } from '../../../_support/envoy/supervised-envoy.ts';
import { anAdminServer, askPlainly } from '../../../_support/process/an-admin-server.ts';

test('clients that send half a request, and come back, keep no health check out', async (t) => {
  const port = await anAdminServer(t);
  let open = 0;
  let ended = false;
  const hold = (): void => {
    const socket = connect(port, '127.0.0.1');
    open += 1;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      open -= 1;
      if (!ended) setTimeout(hold, 5);
    });
    socket.write('GET /metrics HTTP/1.1\r\nHost: loc');
    t.teardown(() => socket.destroy());
  };
  t.teardown(() => {
    ended = true;
  });
  for (let i = 0; i < 300; i += 1) hold();
  await eventually('as many wait as may', () => open >= 60);

  for (let i = 0; i < 20; i += 1)
    t.regex(await askPlainly(port, 'GET /ambassador/v0/check_alive'), /^HTTP\/1.1 200 OK/);
});

test('clients that read no answer keep no health check out', async (t) => {
  const large = 'x'.repeat(2 ** 20);
  const port = await anAdminServer(t, { metrics: async () => large });
  for (let i = 0; i < 300; i += 1) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.pause();
    socket.write('GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n');
    t.teardown(() => socket.destroy());
  }

  for (let i = 0; i < 5; i += 1)
    t.regex(await askPlainly(port, 'GET /ambassador/v0/check_alive'), /^HTTP\/1.1 200 OK/);
});

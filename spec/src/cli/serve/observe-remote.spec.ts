import test, { type ExecutionContext } from 'ava';
import { pino } from 'pino';
import { Subject } from 'rxjs';

import { observeRemote } from '../../../../src/cli/serve/observe-remote.ts';
import { metrics as newMetrics } from '../../../../src/edge/admin/metrics.ts';
import type { RemoteAdsEvent } from '../../../../src/edge/ads/remote-ads.ts';

/** What is logged about these events, as `level message`. */
const logged = (t: ExecutionContext, ...events: readonly RemoteAdsEvent[]) => {
  const lines: string[] = [];
  const remote$ = new Subject<RemoteAdsEvent>();
  const metrics = newMetrics({ ofProcess: false });
  const write = (line: string): void => {
    const { level, msg } = JSON.parse(line) as { readonly level: number; readonly msg: string };
    lines.push(`${level === 30 ? 'info' : level === 40 ? 'warn' : 'error'} ${msg}`);
  };
  t.teardown(observeRemote(metrics, pino({}, { write }), remote$));
  for (const event of events) remote$.next(event);
  return { lines, metrics };
};

const day = 86_400_000;
const bytes = Buffer.from('');

/** Certificates that were made and end so many days from now. */
const certificates = (
  server: readonly [number, number],
  ca: readonly [number, number],
): RemoteAdsEvent => {
  const at = ([from, to]: readonly [number, number]) => ({
    from: Date.now() + from * day,
    to: Date.now() + to * day,
  });
  const files = { certificate: bytes, privateKey: bytes, ca: bytes };
  return { _tag: 'Loaded', material: { ...files, server: at(server), authority: at(ca) } };
};

const young = [-1, 9] as const;

test('says with which certificate Envoys are served, and when it is another', (t) => {
  const { lines } = logged(t, certificates(young, young), certificates(young, young));
  t.deepEqual(lines, [
    'info serving remote Envoys with this certificate',
    'info from now on serving remote Envoys with this certificate',
  ]);
});

test('warns of a certificate that has been forgotten, and of one that has expired', (t) => {
  const { lines } = logged(t, certificates([-9, 1], [-9, -1]));
  t.regex(
    lines[1] ?? '',
    /^warn the certificate for remote Envoys expires at \S+ and has not been/,
  );
  t.regex(lines[2] ?? '', /^error the CA of remote Envoys expired at \S+: no Envoy can connect$/);
});

test('the metric is the time at which each expires', async (t) => {
  const event = certificates(young, [-1, 99]);
  if (event._tag !== 'Loaded') throw new Error('expected certificates');
  const { metrics } = logged(t, event);
  const text = await metrics.render();
  const [server = '', ca = ''] = [
    ...text.matchAll(/^headgate_ads_certificate_expiry_timestamp_seconds\{.*\} (\S+)$/gm),
  ].map(([, value]) => value);
  t.deepEqual(
    [Number(server), Number(ca)],
    [event.material.server.to / 1000, event.material.authority.to / 1000],
  );
});

test('clients that are turned away are counted, and told of in one line for many', async (t) => {
  const away = { _tag: 'TurnedAway', reason: 'CERT_HAS_EXPIRED' } as const;
  const { lines, metrics } = logged(t, away, away, away);
  t.deepEqual(lines, ['warn turned away a client without a good certificate']);
  t.regex(await metrics.render(), /^headgate_ads_refused_connections_total 3$/m);
});

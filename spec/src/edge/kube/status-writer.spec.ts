import test, { type ExecutionContext } from 'ava';
import { pino } from 'pino';
import { firstValueFrom } from 'rxjs';

import { statusLedger } from '../../../../src/edge/kube/status-ledger.ts';
import { statusShapes } from '../../../../src/edge/kube/status-shapes.ts';
import { statusWriter, type StatusWriter } from '../../../../src/edge/kube/status-writer.ts';
import type { ObjectRef } from '../../../../src/ir/object-ref.ts';
import type { ObjectStatus } from '../../../../src/status/object-status.ts';
import {
  anApiServer,
  type Answer,
  type Asked,
} from '../../../_support/api-server/an-api-server.ts';

const status = (state: string, isTrue = true): ObjectStatus => ({
  state,
  reason: '',
  conditions: [
    { type: 'Accepted', status: isTrue ? 'True' : 'False', reason: 'Accepted', message: '' },
  ],
});

const object: ObjectRef = 'Mapping shop/cart';

/** A writer on a server that stores what it is told to, or answers otherwise. */
const aWriter = async (t: ExecutionContext, answer?: (asked: Asked, index: number) => Answer) => {
  const log: string[] = [];
  const logger = pino({}, { write: (line: string) => void log.push(JSON.parse(line).msg) });
  const { client, asked } = await anApiServer(t, answer ?? (({ body }) => ({ status: 200, body })));
  const ledger = statusLedger();
  const clock = { at: Date.UTC(2026, 0, 1) };
  const writer = statusWriter({
    ...{ client, ledger, log: logger },
    shapes: statusShapes(logger),
    clock: () => clock.at,
  });
  return { writer, ledger, asked, log, clock };
};

/** Writes, if there is anything to be written now. */
const write = async (writer: StatusWriter, wanted: ObjectStatus, to = object) => {
  if (writer.isTold(to, wanted)) return 'Told';
  const work = writer.write(to, wanted);
  if (work === undefined) return 'None';
  return 'wait' in work ? 'Wait' : (await firstValueFrom(work))._tag;
};

test('only the status is applied, as our fields, whoever else had them', async (t) => {
  const { writer, asked } = await aWriter(t);

  t.is(await write(writer, status('Running')), 'Done');

  t.deepEqual(asked, [
    {
      method: 'PATCH',
      path: '/apis/getambassador.io/v3alpha1/namespaces/shop/mappings/cart/status?fieldManager=headgate&force=true',
      body: {
        apiVersion: 'getambassador.io/v3alpha1',
        kind: 'Mapping',
        metadata: { name: 'cart', namespace: 'shop' },
        status: {
          state: 'Running',
          reason: '',
          conditions: [
            {
              ...{ type: 'Accepted', status: 'True', reason: 'Accepted', message: '' },
              lastTransitionTime: '2026-01-01T00:00:00Z',
            },
          ],
        },
      },
    },
  ]);
});

test('a condition keeps its time as long as it keeps its status', async (t) => {
  const { writer, asked, clock } = await aWriter(t);
  const times: unknown[] = [];
  for (const wanted of [status('Running'), status('Inactive'), status('Inactive', false)]) {
    await write(writer, wanted);
    clock.at += 60_000;
    const written = asked.at(-1)?.body['status'] as
      { readonly conditions: readonly { readonly lastTransitionTime: string }[] } | undefined;
    times.push(written?.conditions[0]?.lastTransitionTime);
  }

  t.deepEqual(times, ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-01-01T00:02:00Z']);
});

test('a condition that somebody wrote without a time gets one', async (t) => {
  const { writer, ledger, asked } = await aWriter(t);
  ledger.noted(object, { status: { conditions: [{ type: 'Accepted', status: 'True' }] } });

  await write(writer, status('Running'));

  const { status: written } = asked[0]?.body ?? {};
  const { conditions } = written as { readonly conditions: readonly unknown[] };
  t.like(conditions[0], { status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' });
});

test('what was written, or noted by the source, is not written again', async (t) => {
  const { writer, ledger } = await aWriter(t);

  t.is(await write(writer, status('Running')), 'Done');
  t.is(await write(writer, status('Running')), 'Told');
  ledger.noted('Mapping shop/other', { status: { ...status('Running'), else: 1 } });
  t.is(await write(writer, status('Running'), 'Mapping shop/other'), 'Told');
});

test('what the API server stores otherwise than it was written is not written for ever', async (t) => {
  const { writer } = await aWriter(t, () => ({ status: 200, body: { status: { state: 'Else' } } }));

  t.is(await write(writer, status('Running')), 'Done');
  t.is(await write(writer, status('Running')), 'Told');
});

test('a failure that is not about the object holds back all of its kind, and is said once', async (t) => {
  const failures: readonly Answer[] = [{ status: 503 }, { status: 403 }, { status: 429 }];
  for (const failure of failures) {
    const { writer, asked, log } = await aWriter(t, () => failure);

    t.is(await write(writer, status('Running')), 'Failed');
    t.is(await write(writer, status('Running'), 'Mapping shop/other'), 'Wait');
    t.is(await write(writer, status('Ready'), 'Host shop/all'), 'Failed');

    t.is(asked.length, 2);
    t.deepEqual(log, [
      'cannot write the status of Mapping objects',
      'cannot write the status of Host objects',
    ]);
  }
});

test('when to come again is for the API server to say', async (t) => {
  const { writer } = await aWriter(t, () => ({ status: 429, retryAfter: 7 }));
  const work = writer.write(object, status('Running'));
  if (work === undefined || 'wait' in work) return t.fail();

  t.deepEqual(await firstValueFrom(work), { _tag: 'Failed', retryAfter: 7000 });
  const next = writer.write(object, status('Running'));
  t.true(next !== undefined && 'wait' in next && next.wait > 6000);
});

test('a failure of one object holds back no other', async (t) => {
  const { writer, log } = await aWriter(t, (_, i) => ({ status: i === 1 ? 409 : 200 }));

  t.is(await write(writer, status('Running')), 'Failed');
  t.is(await write(writer, status('Running'), 'Mapping shop/other'), 'Done');
  t.deepEqual(log, []);
});

const resources = (...names: readonly string[]): Answer => ({
  status: 200,
  body: { resources: names.map((name) => ({ name })) },
});

test('an object that is gone is done with; a kind without status is said once', async (t) => {
  const names = ['mappings', 'mappings/status', 'listeners'];
  const { writer, log } = await aWriter(t, ({ method }) =>
    method === 'GET' ? resources(...names) : { status: 404, body: { reason: 'NotFound' } },
  );

  t.is(await write(writer, status('Running')), 'Done');
  t.deepEqual(log, []);
  t.is(await write(writer, { conditions: [] }, 'Listener shop/a'), 'Done');
  t.is(await write(writer, { conditions: [] }, 'Listener shop/b'), 'None');
  t.is(log.length, 1);
  t.regex(log[0] ?? '', /the status of Listener objects cannot be written/);
});

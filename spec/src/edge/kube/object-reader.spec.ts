import test from 'ava';

import type { ApiCall } from '../../../../src/edge/kube/kube-client.ts';
import { objectReader } from '../../../../src/edge/kube/object-reader.ts';
import { ApiFault } from '../../../../src/kube/reflect/api-fault.ts';

const secret = { metadata: { name: 'shop', namespace: 'default', resourceVersion: '7' } };

/** A client that answers like this, and remembers what it was asked. */
const answering = (answer: () => unknown) => {
  const asked: string[] = [];
  return {
    asked,
    request: async ({ path, query }: ApiCall): Promise<unknown> => {
      asked.push(query === undefined ? path : `${path}?${new URLSearchParams(query)}`);
      return await Promise.resolve().then(answer);
    },
  };
};

test('a Secret is asked for by its name, and its version is told', async (t) => {
  const client = answering(() => secret);

  const reading = await objectReader(client, () => ({}))('Secret default/shop');

  t.like(reading, { _tag: 'Read', object: 'Secret default/shop', version: '7' });
  t.deepEqual(client.asked, ['/api/v1/namespaces/default/secrets/shop']);
});

test('one of another namespace than the selected one is absent, and is not asked for', async (t) => {
  const client = answering(() => secret);

  const reading = await objectReader(client, () => ({ namespace: 'certs' }))('Secret default/shop');

  t.deepEqual(reading, { _tag: 'Absent', object: 'Secret default/shop' });
  t.deepEqual(client.asked, []);
});

test('selectors hold for it too', async (t) => {
  const client = answering(() => ({ metadata: { resourceVersion: '9' }, items: [secret] }));
  const read = objectReader(client, () => ({
    labelSelector: 'tier=edge',
    fieldSelector: 'type!=Opaque',
  }));

  t.like(await read('Secret default/shop'), { _tag: 'Read', version: '7' });

  t.deepEqual(client.asked, [
    '/api/v1/namespaces/default/secrets?' +
      'fieldSelector=type%21%3DOpaque%2Cmetadata.name%3Dshop&labelSelector=tier%3Dedge',
  ]);
});

test('one that is not selected is absent', async (t) => {
  const client = answering(() => ({ metadata: { resourceVersion: '9' }, items: [] }));

  const reading = await objectReader(client, () => ({ labelSelector: 'tier=edge' }))(
    'Secret default/shop',
  );

  t.deepEqual(reading, { _tag: 'Absent', object: 'Secret default/shop' });
});

test('one that does not exist is absent; one that must not be read is unreadable', async (t) => {
  const failing = (status: number) =>
    answering(() => {
      throw new ApiFault('no', { status });
    });

  t.deepEqual(await objectReader(failing(404), () => ({}))('Secret default/shop'), {
    _tag: 'Absent',
    object: 'Secret default/shop',
  });
  t.deepEqual(await objectReader(failing(403), () => ({}))('Secret default/shop'), {
    _tag: 'Unreadable',
    object: 'Secret default/shop',
    reason: 'cannot be read: no',
  });
});

for (const object of ['Secret default/..', 'Secret default/.', 'Secret ../shop'] as const)
  test(`no object is called so, and nothing else is asked for: ${object}`, async (t) => {
    const client = answering(() => secret);

    const reading = await objectReader(client, () => ({}))(object);

    t.deepEqual(reading, { _tag: 'Absent', object });
    t.deepEqual(client.asked, []);
  });

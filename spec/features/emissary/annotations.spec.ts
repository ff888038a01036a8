import { Agent } from 'node:http';

import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { aCertificate } from '../../_support/world/certificates.ts';
import {
  annotated,
  carrier,
  mapping,
  openHost,
  tlsSecret,
} from '../../_support/world/routing-manifests.ts';

const [a, b] = await Promise.all(['a', 'b'].map((name) => startBackend({ name, port: 0 })));
if (a === undefined || b === undefined) throw new Error('no backends');
const gateway = await aGateway(openHost);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), b.close()]);
});

const to = ({ port }: { readonly port: number }): string => `service: "127.0.0.1:${port}"`;

const answer = async (path: string): Promise<string> => {
  const { status, headers } = await gateway.ask({ path });
  return `${status} ${headers['x-service'] ?? 'nobody'}`;
};

test.serial(
  'objects of every version in annotations of Services and Ingresses route requests',
  async (t) => {
    const versions = [
      ...['ambassador/v0', 'ambassador/v1', 'ambassador/v2', 'getambassador.io/v0'],
      ...['getambassador.io/v1', 'getambassador.io/v2', 'getambassador.io/v3alpha1'],
    ];
    const documents = versions.map((version, i) =>
      annotated(
        `apiVersion: ${version}, kind: Mapping, name: Tour_UI/${i} x, hostname: "*", prefix: /v${i}/, ${to(a)}`,
      ),
    );
    await gateway.apply(
      'versions.yaml',
      carrier('tour', documents) +
        carrier(
          'edge',
          [annotated(`apiVersion: ambassador/v1, kind: Mapping, name: i, prefix: /i/, ${to(b)}`)],
          { kind: 'Ingress' },
        ),
    );

    for (const i of versions.keys()) t.is(await answer(`/v${i}/`), '200 a');
    t.is(await answer('/i/'), '200 b');
    t.deepEqual(await gateway.problems('Service default/tour'), []);
  },
);

test.serial('an edit of an annotation is in force at once, and ends no connection', async (t) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const asked = async (path: string): Promise<string> => {
    const { status, headers } = await gateway.ask({ path, agent });
    return `${status} ${headers['x-service'] ?? 'nobody'}`;
  };
  const hot = (...fields: readonly string[]): string =>
    carrier(
      'hot',
      fields.map((one) => annotated(`apiVersion: ambassador/v1, kind: Mapping, ${one}`)),
    );
  await gateway.apply('hot.yaml', hot(`name: x, prefix: /x/, ${to(a)}`));
  t.is(await asked('/x/'), '200 a');
  const before = (await gateway.pushes())['Listener'];

  await gateway.apply(
    'hot.yaml',
    hot(`name: x, prefix: /x/, ${to(b)}`, `name: y, prefix: /y/, ${to(a)}`),
  );
  t.is(await asked('/x/'), '200 b');
  t.is(await asked('/y/'), '200 a');

  await gateway.apply('hot.yaml', hot(`name: y, prefix: /y/, ${to(a)}`));
  t.is(await asked('/x/'), '404 nobody');

  t.is((await gateway.pushes())['Listener'], before);
  t.is(Object.values(agent.freeSockets).flat().length, 1);
  agent.destroy();
});

test.serial('a bad document costs itself, and what it was stays in force', async (t) => {
  const document = (fields: string): string =>
    annotated(`apiVersion: ambassador/v1, kind: Mapping, ${fields}`);
  const good = [
    document(`name: p, prefix: /p/, ${to(a)}`),
    document(`name: q, prefix: /q/, ${to(a)}`),
  ];
  await gateway.apply('bad.yaml', carrier('bad', good));

  await gateway.apply(
    'bad.yaml',
    carrier('bad', [
      document(`name: p, prefix: /p/, weight: 101, ${to(b)}`),
      document(`name: q, prefix: /q/, ${to(b)}`),
    ]),
  );
  t.is(await answer('/p/'), '200 a');
  t.is(await answer('/q/'), '200 b');
  t.like(await gateway.problems('Service default/bad'), [
    {
      problem: 'InvalidField',
      field: 'metadata.annotations[getambassador.io/config], document 1, Mapping default/p: weight',
      place: { line: 11 },
    },
  ]);

  await gateway.apply(
    'bad.yaml',
    carrier('bad', ['---\nname: [p', document(`name: q, prefix: /q/, ${to(a)}`)]),
  );
  t.is(await answer('/p/'), '200 a');
  t.is(await answer('/q/'), '200 a');

  await gateway.apply('bad.yaml', carrier('bad', [document(`name: q, prefix: /q/, ${to(a)}`)]));
  t.is(await answer('/p/'), '404 nobody');
});

test.serial(
  'a Host in an annotation serves the certificate that it names, and takes what its carrier is labelled',
  async (t) => {
    const certificate = await aCertificate('note.test');
    await gateway.apply(
      'tls.yaml',
      `
---
apiVersion: getambassador.io/v3alpha1
kind: Listener
metadata: { name: https }
spec:
  { port: ${gateway.ports.https}, protocol: HTTPS, securityModel: XFP, hostBinding: { namespace: { from: ALL } } }
${tlsSecret('note', certificate)}${carrier(
        'note',
        [
          annotated(
            'apiVersion: getambassador.io/v3alpha1, kind: Host, name: Note_Host, hostname: note.test, ' +
              'tlsSecret: { name: note }, mappingSelector: { matchLabels: { app: note } }',
          ),
          annotated(
            `apiVersion: getambassador.io/v3alpha1, kind: Mapping, name: n, prefix: /n/, ${to(b)}`,
          ),
        ],
        { labels: '{ app: note }' },
      )}`,
    );

    const { status, headers } = await gateway.ask({
      path: '/n/',
      sni: 'note.test',
      host: 'note.test',
    });
    t.deepEqual([status, headers['x-service']], [200, 'b']);
  },
);

test.serial('a name that is taken is a problem of who wants it, until it is free', async (t) => {
  await gateway.apply('own.yaml', mapping('same', a.port, 'prefix: /own/'));
  await gateway.apply(
    'same.yaml',
    carrier('same', [
      annotated(
        `apiVersion: ambassador/v1, kind: Mapping, name: same, prefix: /carried/, ${to(b)}`,
      ),
    ]),
  );
  t.is(await answer('/own/'), '200 a');
  t.is(await answer('/carried/'), '404 nobody');
  t.like(await gateway.problems('Service default/same'), [{ problem: 'DuplicateObject' }]);

  await gateway.remove('own.yaml');
  t.is(await answer('/carried/'), '200 b');
  t.deepEqual(await gateway.problems('Service default/same'), []);
});

import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { aCertificate } from '../../_support/world/certificates.ts';
import {
  listener,
  mapping,
  moduleOf,
  openHost,
  service,
  slice,
  tlsSecret,
} from '../../_support/world/routing-manifests.ts';

const [a, b] = await Promise.all(['a', 'b'].map((name) => startBackend({ name, port: 0 })));
if (a === undefined || b === undefined) throw new Error('no backends');
const [ofA, ofB] = [a, b].map(
  ({ port }) => `ports: [{ name: http, port: ${port} }]\nendpoints: [{ addresses: [127.0.0.1] }]`,
) as [string, string];
const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    listener('https', ports.https, { protocol: 'HTTPS' }) +
    moduleOf('resolver: endpoint') +
    `
---
apiVersion: getambassador.io/v3alpha1
kind: KubernetesEndpointResolver
metadata: { name: endpoint }
` +
    service('a', 'ports: [{ name: http, port: 80 }]') +
    slice('a-1', 'a', ofA) +
    service('b', 'ports: [{ name: http, port: 80 }]') +
    slice('b-1', 'b', ofB),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), b.close()]);
});

const ingress = (name: string, spec: string, annotations = ''): string => `
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, annotations: { ${annotations} } }
spec: { ${spec} }
`;

const ingressClass = (name: string, controller: string, annotations = ''): string => `
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: ${name}, annotations: { ${annotations} } }
spec: { controller: ${controller} }
`;

const ours = 'getambassador.io/ingress-controller';

const to = (name: string, port = 'number: 80'): string =>
  `{ service: { name: ${name}, port: { ${port} } } }`;

const rule = (host: string, ...paths: readonly string[]): string =>
  `{ ${host === '' ? '' : `host: '${host}', `}http: { paths: [${paths.join(', ')}] } }`;

const path = (pathType: string, text: string, backend: string): string =>
  `{ path: ${text}, pathType: ${pathType}, backend: ${backend} }`;

/** Who answers a request for a path, and which path arrives. */
const answer = async (text: string, host = 'any.example'): Promise<string> => {
  const { status, said } = await gateway.ask({ path: text, headers: { host } });
  return `${said.service ?? status} ${said.path ?? ''}`.trim();
};

test.serial("a class that comes, goes or is another controller's decides at once", async (t) => {
  const rules = (at: string): string => `rules: [${rule('', path('Exact', at, to('a')))}]`;
  await gateway.apply(
    'ingresses.yaml',
    ingress('by-name', `ingressClassName: edge, ${rules('/by-name')}`) +
      ingress('usual', `ingressClassName: ambassador, ${rules('/usual')}`) +
      ingress('annotated', rules('/annotated'), 'kubernetes.io/ingress.class: ambassador') +
      ingress('without', rules('/without')) +
      ingress('of-nginx', `ingressClassName: nginx, ${rules('/of-nginx')}`),
  );
  const all = ['/by-name', '/usual', '/annotated', '/without', '/of-nginx'];
  const served = async (): Promise<readonly string[]> => {
    const answers = await Promise.all(all.map(async (one) => [one, await answer(one)] as const));
    return answers.flatMap(([one, said]) => (said === 'a /' ? [one] : []));
  };

  t.deepEqual(await served(), ['/usual', '/annotated']);
  await gateway.apply('class.yaml', ingressClass('edge', ours));
  t.deepEqual(await served(), ['/by-name', '/usual', '/annotated']);
  const isDefault = "ingressclass.kubernetes.io/is-default-class: 'true'";
  await gateway.apply('class.yaml', ingressClass('edge', ours, isDefault));
  t.deepEqual(await served(), ['/by-name', '/usual', '/annotated', '/without']);
  await gateway.apply('class.yaml', ingressClass('ambassador', 'k8s.example/another'));
  t.deepEqual(await served(), ['/annotated']);
  t.deepEqual(await gateway.problems('Ingress default/of-nginx'), []);
  await gateway.remove('class.yaml');
  await gateway.remove('ingresses.yaml');
});

test.serial('paths are matched by their types, and a Mapping is served beside them', async (t) => {
  await gateway.apply(
    'paths.yaml',
    ingress(
      'paths',
      `ingressClassName: ambassador, defaultBackend: ${to('b')}, rules: [${[
        rule(
          'p.example',
          path('Prefix', '/p', to('a')),
          path('Exact', '/p/exact', to('b', 'name: http')),
          path('ImplementationSpecific', '/i', to('a')),
        ),
        rule('*.p.example', path('Prefix', '/', to('a'))),
      ].join(', ')}]`,
    ) + mapping('beside', 'a:80', 'hostname: p.example, prefix: /beside/'),
  );

  t.is(await answer('/p', 'p.example'), 'a /');
  t.is(await answer('/p/x', 'p.example'), 'a /x');
  t.is(await answer('/px', 'p.example'), 'b /px');
  t.is(await answer('/p/exact', 'p.example'), 'b /');
  t.is(await answer('/p/exact/x', 'p.example'), 'a /exact/x');
  t.is(await answer('/ix', 'p.example'), 'a /x');
  t.is(await answer('/beside/x', 'p.example'), 'a /x');
  t.is(await answer('/x', 'one.p.example'), 'a /x');
  t.is(await answer('/x', 'two.one.p.example'), 'b /x');
  t.is(await answer('/x', 'other.example'), 'b /x');
  t.deepEqual(await gateway.problems('Ingress default/paths'), []);

  await gateway.remove('paths.yaml');
  t.is(await answer('/p', 'p.example'), '404');
});

test.serial('TLS has the certificate of the Secret, and cleartext is routed, too', async (t) => {
  const certificate = await aCertificate('tls.example');
  const spec = `ingressClassName: ambassador, tls: [{ hosts: [tls.example], secretName: cert }], rules: [${rule('tls.example', path('Prefix', '/', to('a')))}]`;
  const challenge = `ingressClassName: ambassador, rules: [${rule('tls.example', path('Exact', '/.well-known/acme-challenge/x', to('b')))}]`;
  await gateway.apply('tls.yaml', ingress('tls', spec) + ingress('solver', challenge));
  t.is(await answer('/x', 'tls.example'), 'a /x');
  t.is(await answer('/.well-known/acme-challenge/x', 'tls.example'), 'b /');
  t.like(await gateway.problems('Ingress default/tls'), [
    { problem: 'NotFound', field: 'spec.tls[0].secretName' },
  ]);

  await gateway.apply('cert.yaml', tlsSecret('cert', certificate));
  const asked = {
    sni: 'tls.example',
    ca: certificate.certificate,
    headers: { host: 'tls.example' },
  };
  t.is((await gateway.ask({ path: '/x', ...asked })).said.service, 'a');
  t.is(await answer('/x', 'tls.example'), 'a /x');
  t.deepEqual(await gateway.problems('Ingress default/tls'), []);
});

test.serial(
  'annotations of another controller have no effect, and what they should guard is said',
  async (t) => {
    const annotations = ['auth-url: http://auth.example', "ssl-redirect: 'true'"]
      .map((one) => `nginx.ingress.kubernetes.io/${one}`)
      .join(', ');
    const fields = `rules: [${rule('', path('Exact', '/nginx', to('a')))}]`;
    await gateway.apply(
      'nginx.yaml',
      ingress('nginx', `ingressClassName: ambassador, ${fields}`, annotations) +
        ingress('other', `ingressClassName: nginx, ${fields}`, annotations),
    );
    t.is(await answer('/nginx'), 'a /');
    t.like(await gateway.problems('Ingress default/nginx'), [
      { problem: 'GuardUnusable', severity: 'opens' },
      { problem: 'Note' },
    ]);
    t.deepEqual(await gateway.problems('Ingress default/other'), []);
  },
);

test.serial('a bad path costs itself', async (t) => {
  await gateway.apply(
    'bad.yaml',
    ingress(
      'bad',
      `ingressClassName: ambassador, rules: [${rule('', path('Exact', 'no-slash', to('a')), path('Exact', '/good', to('a')))}]`,
    ),
  );
  t.is(await answer('/good'), 'a /');
  t.like(await gateway.problems('Ingress default/bad'), [
    { problem: 'InvalidField', field: 'spec.rules[0].http.paths[0].path' },
  ]);
});

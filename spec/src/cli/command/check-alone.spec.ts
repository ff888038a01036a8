import test from 'ava';

import { headgate } from '../../../_support/process/headgate.ts';
import { host, listener } from '../../../_support/world/manifests.ts';

const mapping = `apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: { name: shop, namespace: shop }
spec: { hostname: shop.example.com, prefix: /shop/, service: shop }
`;

const route = `---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: edge, namespace: infra, sectionName: public }]
  hostnames: [web.example.com]
  rules: [{ backendRefs: [{ name: web, port: 80 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ports: [{ port: 80 }] }
`;

const alone = (stdin: string, ...more: readonly string[]) =>
  headgate(['check', '--assume-hosts', ...more, '-'], { stdin });

test('Mappings and routes without what they attach to are checked alone', async (t) => {
  t.deepEqual(await alone(mapping + route), {
    code: 0,
    stdout: '',
    stderr: 'checked 3 objects in 1 file: no problems\n',
  });
  t.is((await headgate(['check', '-'], { stdin: mapping + route })).code, 1);
});

test('with isolation they are checked alone, too', async (t) => {
  t.is((await alone(mapping + route, '--isolation', '--ambassador-id', 'other')).code, 0);
});

test('what is wrong with them is said, as without', async (t) => {
  const wrong =
    mapping.replace('hostname: shop.example.com, ', '') + route.replace('port: 80', 'port: 81');
  const { code, stdout } = await alone(wrong);

  t.is(code, 1);
  t.deepEqual(stdout.trim().split('\n'), [
    '<stdin>:12:27 HTTPRoute shop/web: spec.rules[0].backendRefs[0]: Service shop/web has no port 81; it has 80',
    '<stdin>:4:1 Mapping shop/shop: spec.hostname: no Host takes this Mapping; its hostname is missing; expected it, or a Host with a mappingSelector for its labels that takes Mappings of namespace shop',
  ]);
});

test('where there are Hosts, none is assumed', async (t) => {
  const other = host.replace("'*'", 'other.example.com');
  const { code, stdout } = await alone(`${listener.trimStart()}${other}---\n${mapping}`);

  t.is(code, 1);
  t.regex(stdout, /Mapping shop\/shop: no Host takes this Mapping/);
});

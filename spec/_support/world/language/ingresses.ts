import * as fc from 'fast-check';

import { annotated, createdIn, manifest, type Manifest } from '../builders.ts';

/** An Ingress. */
export const anIngress = (key: string, spec: object = {}): Manifest =>
  manifest('networking.k8s.io/v1', 'Ingress')(key, { spec });

/** An IngressClass. */
export const anIngressClass = (name: string, controller = ourController): Manifest =>
  manifest('networking.k8s.io/v1', 'IngressClass')(`default/${name}`, { spec: { controller } });

const ourController = 'getambassador.io/ingress-controller';

/** A record that may lack any of these fields. */
export const optional = <T>(values: Readonly<Record<string, fc.Arbitrary<T>>>) =>
  fc.record(values, { requiredKeys: [], noNullPrototype: true });

const backend = fc.constantFrom<object>(
  { service: { name: 'web', port: { number: 80 } } },
  { service: { name: 'web', port: { number: 80 } } },
  { service: { name: 'web', port: { name: 'x' } } },
  { service: { name: 'web' } },
  { resource: { kind: 'Bucket', name: 'files' } },
);

const host = fc.constantFrom('a.example', '*.a.example', 'b.example', '');

const path = fc.record({
  pathType: fc.constantFrom('Exact', 'Prefix', 'ImplementationSpecific'),
  path: fc.constantFrom('/', '/a', '/a/', '/a/b', ''),
  backend,
});

const spec = optional<unknown>({
  ingressClassName: fc.constantFrom('ambassador', 'edge', 'nginx'),
  defaultBackend: backend,
  rules: fc.array(
    fc.record({ host, http: fc.record({ paths: fc.array(path, { minLength: 1, maxLength: 2 }) }) }),
    { maxLength: 2 },
  ),
  tls: fc.array(
    optional<unknown>({
      hosts: fc.array(host, { maxLength: 2 }),
      secretName: fc.constantFrom('cert', 'none'),
    }),
    { maxLength: 2 },
  ),
});

const ingresses = fc
  .tuple(
    fc.constantFrom('default/web', 'default/web-two', 'shop/web'),
    spec,
    optional({
      'kubernetes.io/ingress.class': fc.constant('ambassador'),
      'getambassador.io/ambassador-id': fc.constantFrom('default', 'another'),
    }),
  )
  .map(([key, fields, annotations]) => annotated(anIngress(key, fields), annotations));

const classes = fc
  .tuple(
    fc.constantFrom('ambassador', 'edge', 'nginx'),
    fc.constantFrom(ourController, 'k8s.io/ingress-nginx'),
    optional({ 'ingressclass.kubernetes.io/is-default-class': fc.constantFrom('true', 'false') }),
  )
  .map(([name, controller, annotations]) =>
    annotated(anIngressClass(name, controller), annotations),
  );

/** Ingresses and their classes, some of them ours, of several ages. */
export const ingressObjects: fc.Arbitrary<Manifest> = fc
  .tuple(
    fc.oneof({ arbitrary: ingresses, weight: 3 }, { arbitrary: classes, weight: 1 }),
    fc.constantFrom(2024, 2025),
  )
  .map(([object, year]) => createdIn(year, object));

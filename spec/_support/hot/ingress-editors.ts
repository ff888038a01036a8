import { mapping, moduleOf, service, slice } from '../world/routing-manifests.ts';
import { hotHost, type EditedWorld, type Editor, type EditorGroup } from './editor.ts';

/** What edits Ingresses that all traffic needs, and what they depend on. */
const ingressEditors: readonly Editor[] = [
  {
    kind: 'Module for Ingresses',
    file: 'Module',
    manifests: (k) => moduleOf(`resolver: endpoint, cluster_request_timeout_ms: ${50_000 + k}`),
  },
  {
    kind: 'Mapping beside, for no page',
    file: 'Mapping',
    manifests: (k, { services: { one } }) => mapping('page', one.port, `prefix: /beside-${k}/`),
  },
  {
    kind: 'Ingress: a path',
    file: 'Ingress',
    manifests: (k, world) =>
      backends(world) +
      ingress(
        'hot',
        `rules: [${rule(hotHost, k % 3 === 0 ? 'Prefix' : 'ImplementationSpecific', k % 2 === 0 ? 'one' : 'two')}]`,
      ),
  },
  {
    kind: 'Ingress: several',
    file: 'Ingress',
    manifests: (k, world) =>
      backends(world) +
      ingress('hot', `rules: [${rule(hotHost, 'Prefix', 'one')}]`) +
      ingress('share', `rules: [${rule(hotHost, 'Prefix', 'two')}]`) +
      ingress('beside', `defaultBackend: ${backend('two')}, rules: [${rule(`b${k}.example`)}]`),
  },
  {
    kind: 'IngressClass',
    manifests: (k) => `
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: ${k % 3 === 0 ? 'another' : 'ambassador'}
  annotations: { ingressclass.kubernetes.io/is-default-class: '${k % 2 === 0}' }
spec: { controller: getambassador.io/ingress-controller }
`,
  },
  {
    kind: 'Ingress: TLS',
    leaves: 'a server name that is gone had a filter chain of its own; others stay',
    manifests: (k) =>
      ingress(
        'tls',
        `rules: [${rule('tls.example')}]${k % 2 === 0 ? '' : ', tls: [{ hosts: [tls.example], secretName: hot }]'}`,
      ),
  },
];

/** Two Services whose endpoints are on this machine. */
const backends = ({ services }: EditedWorld): string =>
  (['one', 'two'] as const)
    .map(
      (name) =>
        service(name) +
        slice(
          `${name}-1`,
          name,
          `ports: [{ port: ${services[name].port} }]\nendpoints: [{ addresses: [127.0.0.1] }]`,
        ),
    )
    .join('') +
  `
---
apiVersion: getambassador.io/v3alpha1
kind: KubernetesEndpointResolver
metadata: { name: endpoint }
`;

const ingress = (name: string, fields: string): string => `
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name} }
spec: { ingressClassName: ambassador, ${fields} }
`;

const backend = (name: string): string => `{ service: { name: ${name}, port: { number: 80 } } }`;

const rule = (host: string, pathType = 'Prefix', to = 'one'): string =>
  `{ host: ${host}, http: { paths: [{ path: /, pathType: ${pathType}, backend: ${backend(to)} }] } }`;

/** They need no services. */
export const startIngressEditors = async (): Promise<EditorGroup> =>
  await Promise.resolve({ editors: ingressEditors, stop: async () => Promise.resolve() });

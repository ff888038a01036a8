import { annotated, carrier, mapping } from '../world/routing-manifests.ts';
import { hotHost, type Editor, type EditorGroup } from './editor.ts';

/** Every version in which a Mapping can be written in an annotation. */
const versions = [
  ...['ambassador/v0', 'ambassador/v1', 'ambassador/v2', 'getambassador.io/v0'],
  ...['getambassador.io/v1', 'getambassador.io/v2', 'getambassador.io/v3alpha1'],
];

/** What edits annotations of Services and Ingresses that carry what all traffic needs. */
export const annotationEditors: readonly Editor[] = [
  {
    kind: 'Service: a Mapping',
    file: 'Mapping',
    manifests: (k, { services: { one, two } }) =>
      carrier('tour', [page(k, (k % 2 === 0 ? one : two).port)]),
  },
  {
    kind: 'Service: documents',
    file: 'Mapping',
    manifests: (k, { services: { one } }) =>
      carrier('tour', [
        ...(k % 2 === 0
          ? [annotated('apiVersion: ambassador/v1, kind: Mapping, name: broken')]
          : []),
        page(0, one.port),
        ...(k % 3 === 0
          ? []
          : [
              annotated(
                `apiVersion: ambassador/v1, kind: Mapping, name: more-${k}, prefix: /more-${k}/, service: '127.0.0.1:${one.port}'`,
              ),
            ]),
      ]),
  },
  {
    kind: 'Ingress: a Mapping',
    file: 'Mapping',
    manifests: (k, { services: { one, two } }) =>
      carrier(`edge-${k}`, [page(k, (k % 2 === 0 ? one : two).port)], { kind: 'Ingress' }),
  },
  {
    kind: 'its own object, or carried',
    file: 'Mapping',
    manifests: (k, { services: { one, two } }) =>
      k % 2 === 0
        ? carrier('tour', [page(k, one.port, 'page')])
        : mapping('page', two.port, 'prefix: /'),
  },
  {
    kind: 'Service: a TCPMapping',
    file: 'TCPMapping',
    manifests: (k, { ports, services: { socket, otherSocket } }) =>
      carrier('echo', [
        annotated(
          `apiVersion: ${versions[1 + (k % 6)]}, kind: TCPMapping, name: Echo, port: ${ports.other}, ` +
            `service: '127.0.0.1:${(k % 2 === 0 ? socket : otherSocket).port}'`,
        ),
      ]),
  },
  {
    kind: 'Service: a TLSContext',
    file: 'TLSContext',
    leaves: 'the settings of TLS are a part of the filter chain, which Envoy replaces',
    manifests: (k) =>
      carrier('tls', [
        annotated(
          `apiVersion: ${versions[1 + (k % 6)]}, kind: TLSContext, name: hot, ca_secret: ca, ` +
            `min_tls_version: ${k % 2 === 0 ? 'v1.2' : 'v1.0'}`,
        ),
      ]),
  },
  {
    kind: 'Service: the Module',
    file: 'Module',
    leaves: 'how HTTP is spoken is a part of the filter chain, which Envoy replaces',
    manifests: (k) =>
      carrier('module', [
        annotated(
          `apiVersion: ${versions[k % versions.length]}, kind: Module, name: ambassador, config: { server_name: edit-${k} }`,
        ),
      ]),
  },
];

/** All traffic, as a Mapping of each version in turn. */
const page = (k: number, port: number, name = 'Page_UI/1'): string =>
  annotated(
    `apiVersion: ${versions[k % versions.length]}, kind: Mapping, name: ${name}, host: ${hotHost}, ` +
      `prefix: /, service: '127.0.0.1:${port}', add_response_headers: { x-edit: '${k}' }`,
  );

/** They need no services. */
export const startAnnotationEditors = async (): Promise<EditorGroup> =>
  await Promise.resolve({ editors: annotationEditors, stop: async () => Promise.resolve() });

import test from 'ava';

import { headgate } from '../../../_support/process/headgate.ts';

test('what Emissary reads and we do not is a problem, and what another controller reads is none', async (t) => {
  const stdin = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: named }
spec: { ingressClassName: ambassador, defaultBackend: { service: { name: web } } }
---
apiVersion: networking.k8s.io/v1beta1
kind: Ingress
metadata: { name: annotated, annotations: { kubernetes.io/ingress.class: ambassador } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: other, annotations: { getambassador.io/config: 'kind: Mapping' } }
spec: { ingressClassName: nginx }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: not-ours }
spec: { ingressClassName: nginx, rules: [{ host: a.example, hots: b.example }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: nor-this, annotations: { kubernetes.io/ingress.class: nginx } }
spec: { rules: 7 }
---
apiVersion: networking.k8s.io/v1beta1
kind: IngressClass
metadata: { name: edge }
spec: { controller: getambassador.io/ingress-controller }
---
apiVersion: networking.internal.knative.dev/v1alpha1
kind: Ingress
metadata:
  name: hello
  annotations: { networking.knative.dev/ingress.class: ambassador.ingress.networking.knative.dev }
---
apiVersion: networking.internal.knative.dev/v1alpha1
kind: Ingress
metadata:
  name: others
  annotations: { networking.knative.dev/ingress.class: kourier.ingress.networking.knative.dev }
---
apiVersion: v1
kind: Service
metadata: { name: web, annotations: { getambassador.io/config: 'kind: AuthService' } }
spec: { ports: [{ port: 80 }] }
`;
  const { code, stdout, stderr } = await headgate(['check', '-'], { stdin });

  t.is(code, 1);
  t.deepEqual(stdout.trim().split('\n'), [
    '<stdin>:5:57 Ingress default/named: spec.defaultBackend.service.port: expected exactly one of number and name, got neither',
    '<stdin>:7:1 Ingress default/annotated: apiVersion: expected networking.k8s.io/v1, got networking.k8s.io/v1beta1',
    '<stdin>:13:41 Ingress default/other: metadata.annotations[getambassador.io/config], document 1: apiVersion: expected the version of a Kubernetes API, got nothing',
    '<stdin>:26:1 IngressClass edge: apiVersion: expected networking.k8s.io/v1, got networking.k8s.io/v1beta1',
    '<stdin>:45:39 Service default/web: metadata.annotations[getambassador.io/config], document 1: apiVersion: expected the version of a Kubernetes API, got nothing',
    '<stdin>:31:1 Ingress default/hello: not supported yet; it has no effect',
  ]);
  t.is(
    stderr,
    'checked 4 objects in 1 file: 5 breaks, 1 unused\nnot read: 1 Ingress of networking.internal.knative.dev/v1alpha1, 1 Ingress of networking.k8s.io/v1\n',
  );
});

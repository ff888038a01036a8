import test from 'ava';

import { headgate } from '../../../_support/process/headgate.ts';

test('what Emissary reads and we do not is a problem', async (t) => {
  const stdin = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: named }
spec: { ingressClassName: ambassador }
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
spec: { ingressClassName: nginx }
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: edge }
spec: { controller: getambassador.io/ingress-controller }
---
apiVersion: v1
kind: Service
metadata: { name: web, annotations: { getambassador.io/config: 'kind: AuthService' } }
spec: { ports: [{ port: 80 }] }
`;
  const { code, stdout, stderr } = await headgate(['check', '-'], { stdin });

  t.is(code, 1);
  t.deepEqual(stdout.trim().split('\n'), [
    '<stdin>:7:1 Ingress default/annotated: apiVersion: expected networking.k8s.io/v1, got networking.k8s.io/v1beta1',
    '<stdin>:13:41 Ingress default/other: metadata.annotations[getambassador.io/config], document 1: apiVersion: expected the version of a Kubernetes API, got nothing',
    '<stdin>:28:39 Service default/web: metadata.annotations[getambassador.io/config], document 1: apiVersion: expected the version of a Kubernetes API, got nothing',
    '<stdin>:2:1 Ingress default/named: not supported yet; it has no effect',
    '<stdin>:7:1 Ingress default/annotated: not supported yet; it has no effect',
    '<stdin>:21:1 IngressClass edge: not supported yet; it has no effect',
  ]);
  t.is(
    stderr,
    'checked 2 objects in 1 file: 3 breaks, 3 unused\nnot read: 1 Ingress of networking.k8s.io/v1\n',
  );
});

import test from 'ava';

import { aMapping, anObject, aRoute, isAnswered } from './is-answered.ts';

const [hostname, prefix] = ["hostname: '*'", 'prefix: /a/'];

// What they refer to.
test(
  'a service with a path',
  isAnswered,
  aMapping(hostname, prefix, 'service: shop/path'),
  '7:3 Mapping default/a: spec.service: expected [http://|https://]host[:port]; what follows has no effect, got "shop/path"',
);
test(
  'a service with a name for its port',
  isAnswered,
  aMapping(hostname, prefix, 'service: "shop:http"'),
  '7:3 Mapping default/a: spec.service: expected [http://|https://]host[:port], got "shop:http"',
);
test(
  'a port that the Service does not have',
  isAnswered,
  aMapping(hostname, prefix, 'service: "shop:8080"', 'resolver: endpoint'),
  '7:3 Mapping default/a: spec.service: Service default/shop has no port 8080; it has 80, 443',
);
test(
  'a slip in a Service',
  isAnswered,
  aMapping(hostname, prefix, 'service: shopp', 'resolver: endpoint'),
  '7:3 Mapping default/a: spec.service: Service default/shopp does not exist; did you mean Service default/shop?',
);
test(
  'a Service of another namespace',
  isAnswered,
  aMapping(hostname, prefix, 'service: cart', 'resolver: endpoint'),
  '7:3 Mapping default/a: spec.service: Service default/cart does not exist; did you mean Service other/cart?',
);
test(
  'a Service without an endpoint that is ready, beside EndpointSlices',
  isAnswered,
  `${aMapping(hostname, prefix, 'service: shop')}\n---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\naddressType: IPv4\nmetadata: { name: s, labels: { kubernetes.io/service-name: shop } }\nports: [{ port: 80 }]\nendpoints: [{ addresses: [10.0.0.1], conditions: { ready: false } }]`,
  '1:1 Mapping default/a: no back end can serve: shop:80: no endpoint of the Service is ready',
);
test(
  'a backend that does not exist',
  isAnswered,
  aRoute('{ parentRefs: [{ name: gw }] }'),
  '4:24 HTTPRoute default/a: spec.parentRefs[0].name: Gateway default/gw does not exist',
);
test(
  'a Secret that does not exist',
  isAnswered,
  anObject('Host', '{ hostname: a.example, tlsSecret: { name: gone } }'),
  '4:30 Host default/a: spec.tlsSecret: Secret default/gone does not exist',
);
test(
  'a Secret without a certificate',
  isAnswered,
  `${anObject('Host', '{ hostname: a.example, tlsSecret: { name: s } }')}\n---\napiVersion: v1\nkind: Secret\nmetadata: { name: s }\ntype: kubernetes.io/tls\nstringData: { tls.crt: x, tls.key: y }`,
  '4:30 Host default/a: spec.tlsSecret: cannot be used, because Secret default/s is not valid',
  '10:15 Secret default/s: stringData.tls.crt: holds no PEM certificate',
);
test(
  'a TLSContext that does not exist',
  isAnswered,
  anObject('Host', '{ hostname: a.example, tlsContext: { name: gone } }'),
  '4:30 Host default/a: spec.tlsContext: TLSContext default/gone does not exist',
);

// Between objects.
test(
  'two Listeners on a port',
  isAnswered,
  anObject(
    'Listener',
    '{ port: 8080, protocol: HTTP, securityModel: XFP, hostBinding: { namespace: { from: ALL } } }',
  ),
  'around.yaml:5:5 Listener default/http: spec.port: port 8080 is claimed by another Listener, which comes first by name; Listener default/a wins',
);
test(
  'a Listener without a security model',
  isAnswered,
  anObject('Listener', '{ port: 8081, protocol: HTTP, hostBinding: { namespace: { from: ALL } } }'),
  '4:1 Listener default/a: spec.securityModel: expected one of "XFP", "SECURE", "INSECURE", got nothing',
);
test(
  'a protocol that there is not',
  isAnswered,
  anObject(
    'Listener',
    '{ port: 8081, protocol: HTTPX, securityModel: XFP, hostBinding: { namespace: { from: ALL } } }',
  ),
  '4:21 Listener default/a: spec.protocol: expected one of "HTTP", "HTTPS", "HTTPPROXY", "HTTPSPROXY", "TCP", "TLS", "UDP", got "HTTPX"; did you mean HTTP?',
);
test(
  'an action in small letters',
  isAnswered,
  anObject('Host', '{ hostname: a.example, requestPolicy: { insecure: { action: route } } }'),
  '4:59 Host default/a: spec.requestPolicy.insecure.action: expected one of "Redirect", "Reject", "Route", got "route"; did you mean Route?',
);

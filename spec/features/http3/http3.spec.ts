import test from 'ava';

import { aTlsGateway } from '../../_support/envoy/a-tls-gateway.ts';
import { http3Client } from '../../_support/http3/http3-client.ts';
import { http3Listener } from '../../_support/world/routing-manifests.ts';

const [gateway, client] = await Promise.all([aTlsGateway(), http3Client()]);
const port = gateway.ports.https;
await gateway.apply('http3.yaml', http3Listener('http3', port));
test.after.always(async () => {
  client.stop();
  await gateway.stop();
});

const told = (body: string): { readonly headers: Readonly<Record<string, string>> } =>
  JSON.parse(body) as { readonly headers: Readonly<Record<string, string>> };

test('a request over HTTP/3 gets to the service of its Mapping, on the port that TLS over TCP has', async (t) => {
  const answer = await client.ask({ port, servername: 'one.example', path: '/x' });
  t.is(answer.error, undefined);
  t.is(answer.status, 200);
  t.like(told(answer.body).headers, { host: 'one.example', 'x-forwarded-proto': 'https' });
  t.is((await gateway.ask({ sni: 'one.example' })).status, 200);
});

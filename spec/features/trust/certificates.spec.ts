import test from 'ava';

import type { Port } from '../../../src/ir/port.ts';
import { Sensitive } from '../../../src/ir/sensitive.ts';
import { readSecretData } from '../../../src/kube/secret/secret-data.ts';
import { showProblem } from '../../../src/problem/show-problem.ts';
import { anIrInEnvoy } from '../../_support/envoy/an-ir-in-envoy.ts';
import { ask } from '../../_support/envoy/ask.ts';
import { freePort } from '../../_support/process/free-port.ts';
import {
  aChain,
  aListener,
  anIr,
  aRoute,
  aSecret,
  aVirtualHost,
  requestsOf,
  tlsFor,
} from '../../_support/world/an-ir.ts';
import { oddCertificates } from '../../_support/world/certificate/odd-certificates.ts';

const port = (await freePort()) as Port;
const envoy = await anIrInEnvoy();
test.after.always(envoy.stop);

/** Whether Envoy takes a certificate that nobody has checked, and serves with it. */
const isServed = async (certificateChain: string, key: string): Promise<boolean> => {
  const { refused } = await envoy.serve(
    anIr({
      listeners: [aListener({ port, tlsInspector: true })],
      filterChains: [aChain({ name: 'any', tls: tlsFor([]), carries: requestsOf('any') })],
      virtualHosts: [
        {
          ...aVirtualHost('*', aRoute({ action: { _tag: 'Respond', status: 418 } })),
          table: 'any',
        },
      ],
      secrets: [aSecret({ certificateChain, privateKey: new Sensitive(key, key) })],
    }),
  );
  if (refused.length > 0) return false;
  return (await ask({ port, sni: 'x.example' })).status === 418;
};

/** What is told of a Secret that holds these, if it is not used. */
const told = (certificate: string, key: string): readonly string[] => {
  const stringData = { 'tls.crt': certificate, 'tls.key': key };
  const read = readSecretData('Secret demo/cert', 'kubernetes.io/tls', { stringData });
  return read._tag === 'Left' ? [showProblem(read.left)] : [];
};

for (const [name, { certificate, privateKey, ...form }] of oddCertificates())
  test.serial(`Envoy and Headgate say the same of ${name}`, async (t) => {
    const field = Object.entries(form.told ?? {}).map(
      ([part, reason]) => `Secret demo/cert: stringData.tls.${part}: ${reason}`,
    );
    t.deepEqual(told(certificate, privateKey), field);
    t.is(await isServed(certificate, privateKey), form.told === undefined);
  });

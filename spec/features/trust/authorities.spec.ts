import test from 'ava';

import type { Port } from '../../../src/ir/port.ts';
import { readAuthorities } from '../../../src/kube/secret/authorities.ts';
import { anIrInEnvoy } from '../../_support/envoy/an-ir-in-envoy.ts';
import { freePort } from '../../_support/process/free-port.ts';
import { anAuthority } from '../../_support/world/an-authority.ts';
import {
  aChain,
  aListener,
  anIr,
  aRoute,
  aSignedSecret,
  aTrustBundle,
  aVirtualHost,
  requestsOf,
  tlsFor,
} from '../../_support/world/an-ir.ts';
import { oddCertificates } from '../../_support/world/certificate/odd-certificates.ts';

const port = (await freePort()) as Port;
const server = anAuthority('server').sign({ names: ['x.example'] });
const envoy = await anIrInEnvoy();
test.after.always(envoy.stop);

/** Whether Envoy takes authorities that nobody has checked. */
const isTaken = async (authorities: string): Promise<boolean> => {
  const { refused } = await envoy.serve(
    anIr({
      listeners: [aListener({ port, tlsInspector: true })],
      filterChains: [
        aChain({
          name: 'any',
          tls: tlsFor([], {
            settings: { clients: { trust: 'trust://demo/ca', names: [], admits: 'Verified' } },
          }),
          carries: requestsOf('any'),
        }),
      ],
      virtualHosts: [
        {
          ...aVirtualHost('*', aRoute({ action: { _tag: 'Respond', status: 418 } })),
          table: 'any',
        },
      ],
      secrets: [aSignedSecret('demo/cert', server)],
      trustBundles: [aTrustBundle({ authorities })],
    }),
  );
  return refused.length === 0;
};

const good = anAuthority('good').certificate;

for (const [name, { certificate }] of oddCertificates())
  test.serial(`Envoy takes what Headgate takes as an authority: ${name}`, async (t) => {
    const read = readAuthorities(good + certificate);
    t.is(await isTaken(good + certificate), read._tag === 'Right', JSON.stringify(read));
    if (read._tag === 'Right') t.true(await isTaken(read.right));
  });

const texts = {
  'one authority twice': [good + good, 'Right'],
  'text between authorities': [`# a\n${good}\nb\n${anAuthority('b').certificate}`, 'Right'],
  'no authority': ['hello', 'Left'],
  nothing: ['', 'Left'],
  'half an authority': [good.slice(0, 200), 'Left'],
} as const;

for (const [name, [text, tag]] of Object.entries(texts))
  test.serial(`what Headgate makes of ${name} is taken by Envoy`, async (t) => {
    const read = readAuthorities(text);
    t.is(read._tag, tag);
    if (read._tag === 'Right') t.true(await isTaken(read.right));
  });

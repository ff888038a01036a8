import { rootCertificates } from 'node:tls';

import test from 'ava';
import { isRight } from 'fp-ts/lib/Either.js';

import { onlyTo } from '../../../src/ir/backend.ts';
import type { Port } from '../../../src/ir/port.ts';
import { readAuthorities } from '../../../src/kube/secret/authorities.ts';
import { systemBundle, systemTrust } from '../../../src/translate/contribution/system-trust.ts';
import { anIrInEnvoy } from '../../_support/envoy/an-ir-in-envoy.ts';
import { ask } from '../../_support/envoy/ask.ts';
import { startSecureBackend } from '../../_support/envoy/secure-backend.ts';
import { freePort } from '../../_support/process/free-port.ts';
import { anAuthority } from '../../_support/world/an-authority.ts';
import {
  aChain,
  aClusterAt,
  aForward,
  aListener,
  anIr,
  aRoute,
  aVirtualHost,
} from '../../_support/world/an-ir.ts';

const ours = anAuthority('ours');
const backend = await startSecureBackend(ours.sign({ names: ['shop.example'] }));
const envoy = await anIrInEnvoy();
const port = (await freePort()) as Port;
test.after.always(async () => {
  await Promise.all([envoy.stop(), backend.close()]);
});

/** The status of a request to a server that is trusted in the name of these authorities. */
const statusWith = async (systemAuthorities?: string): Promise<number> => {
  const bundle = systemBundle(systemAuthorities === undefined ? {} : { systemAuthorities });
  const { refused } = await envoy.serve(
    anIr({
      listeners: [aListener({ port })],
      filterChains: [aChain()],
      virtualHosts: [aVirtualHost('*', aRoute({ action: aForward({ backends: onlyTo('shop') }) }))],
      clusters: [
        aClusterAt('shop', backend.port, {
          tls: {
            sni: 'shop.example',
            verify: { trust: systemTrust, names: [{ _tag: 'Dns', name: 'shop.example' }] },
          },
        }),
      ],
      trustBundles: bundle === undefined ? [] : [bundle],
    }),
  );
  if (refused.length > 0) throw new Error(`Envoy refuses ${JSON.stringify(refused)}`);
  return (await ask({ port })).status;
};

test.serial('a server is reached if an authority of the system has signed it', async (t) => {
  const read = readAuthorities([...rootCertificates, ours.certificate].join('\n'));
  t.true(isRight(read));
  if (isRight(read)) t.is(await statusWith(read.right), 200);
});

test.serial('no other server is reached', async (t) => {
  const read = readAuthorities(rootCertificates.join('\n'));
  t.true(isRight(read));
  if (isRight(read)) t.is(await statusWith(read.right), 503);
});

test.serial('without authorities of the system nothing is', async (t) => {
  t.is(await statusWith(), 503);
});

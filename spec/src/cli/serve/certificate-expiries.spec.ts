import test from 'ava';

import { from } from '../../../../src/collection/collection.ts';
import { certificateExpiries } from '../../../../src/cli/serve/certificate-expiries.ts';
import { makeCertificate } from '../../../../src/edge/certificate/make-certificate.ts';
import type { FilterChainKey } from '../../../../src/ir/filter-chain.ts';
import type { Secret, SecretName } from '../../../../src/ir/secret.ts';
import { Sensitive } from '../../../../src/ir/sensitive.ts';
import type { ServedName } from '../../../../src/ir/server-name.ts';

const end = Date.UTC(2030, 0, 1);

/** A Secret whose certificate expires so many days after the end. */
const aSecretFor = async (name: string, days: number): Promise<Secret> => {
  const { certificate } = await makeCertificate({
    names: ['any.example'],
    notBefore: new Date(0),
    notAfter: new Date(end + days * 86_400_000),
  });
  const key = new Sensitive('', '');
  return { name: `shop/${name}`, certificateChain: certificate, privateKey: key, from: [] };
};

const named = (...all: readonly Secret[]) =>
  from(all.map((secret) => [secret.name, secret] as const));

const serving = (...all: readonly (readonly [names: string, secret: SecretName])[]) =>
  from(
    all.map(([names, secret]): readonly [FilterChainKey, ServedName] => [
      `listener ${names}/${secret}`,
      { _tag: 'Terminate', names, from: [], certificates: [secret] },
    ]),
  );

const day = (days: number): number => end + days * 86_400_000;

test('each hostname has the end of its certificate, the first one first', async (t) => {
  const [late, soon, upstream] = await Promise.all([
    ...[aSecretFor('late', 9), aSecretFor('soon', 1), aSecretFor('upstream', 2)],
  ]);
  if (late === undefined || soon === undefined || upstream === undefined) return t.fail();
  const served = serving(
    ['b.example', 'shop/soon'],
    ['a.example', 'shop/soon'],
    ['*', 'shop/late'],
  );

  t.deepEqual(await certificateExpiries(named(late, soon, upstream), served), [
    { hostname: 'a.example', secret: 'shop/soon', at: day(1) },
    { hostname: 'b.example', secret: 'shop/soon', at: day(1) },
    { hostname: '', secret: 'shop/upstream', at: day(2) },
    { hostname: '*', secret: 'shop/late', at: day(9) },
  ]);
});

test('of many certificates those that expire first are told', async (t) => {
  const [late, soon] = [await aSecretFor('late', 9), await aSecretFor('soon', 1)];
  const many = Array.from({ length: 1200 }, (_, i) => ({ ...late, name: `shop/c${i}` as const }));

  const told = await certificateExpiries(named(...many, soon), serving());

  t.is(told.length, 500);
  t.deepEqual(told[0], { hostname: '', secret: 'shop/soon', at: day(1) });
});

test('those of one namespace leave room for those of others', async (t) => {
  const [late, soon] = [await aSecretFor('late', 9), await aSecretFor('soon', 1)];
  const many = Array.from({ length: 1200 }, (_, i) => ({ ...soon, name: `shop/c${i}` as const }));
  const others = ['a', 'b'].map((name) => ({ ...late, name: `${name}/late` as const }));

  const told = await certificateExpiries(named(...many, ...others), serving());

  t.is(told.length, 500);
  t.deepEqual(
    told.slice(-2).map(({ secret }) => secret),
    ['a/late', 'b/late'],
  );
});

test('a certificate with many hostnames makes no more series', async (t) => {
  const soon = await aSecretFor('soon', 1);
  const names = Array.from({ length: 1200 }, (_, i) => [`${i}.example`, soon.name] as const);

  t.is((await certificateExpiries(named(soon), serving(...names))).length, 500);
});

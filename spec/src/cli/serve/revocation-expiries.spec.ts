import test from 'ava';

import { revocationExpiries } from '../../../../src/cli/serve/revocation-expiries.ts';
import { from } from '../../../../src/collection/collection.ts';
import type { ObjectKey } from '../../../../src/ir/object-ref.ts';
import type { TrustBundle } from '../../../../src/ir/trust-bundle.ts';
import { validityOfRevocations } from '../../../../src/kube/secret/revocations.ts';
import { anAuthority } from '../../../_support/world/an-authority.ts';

const known = anAuthority('known');
const [soon, late] = [known.listUntil(3600), known.listUntil(7200)];

const bundle = (ca: ObjectKey, list?: ObjectKey, revocations?: string): TrustBundle => ({
  name: `trust://secret/${ca}${list === undefined ? '' : `+${list}`}`,
  authorities: known.certificate,
  ...(revocations !== undefined && { revocations }),
  from: [`Secret ${ca}`, ...(list === undefined ? [] : [`Secret ${list}` as const])],
});

const told = async (...bundles: readonly TrustBundle[]) =>
  await revocationExpiries(from(bundles.map((one) => [one.name, one] as const)));

test('each Secret with lists is told once, by the first one to expire', async (t) => {
  t.deepEqual(
    await told(
      bundle('shop/none'),
      bundle('shop/a', 'shop/late', late),
      bundle('shop/a', 'shop/both', late + soon),
      bundle('shop/b', 'shop/late', late),
    ),
    [
      { secret: 'shop/both', at: validityOfRevocations(soon).to },
      { secret: 'shop/late', at: validityOfRevocations(late).to },
    ],
  );
});

test('of very many those that expire first are told, and no namespace hides another', async (t) => {
  const many = Array.from({ length: 600 }, (_, i) => bundle('shop/a', `shop/c${i}`, soon));
  const all = await told(...many, bundle('other/a', 'other/crl', late));
  t.is(all.length, 500);
  t.is(all.at(-1)?.secret, 'other/crl');
});

import { setTimeout } from 'node:timers/promises';

import { get, values } from '../../collection/collection.ts';
import type { Standing } from '../../edge/admin/standing.ts';
import { inSlices } from '../../edge/in-slices.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Published } from '../../plane/published.ts';
import { certificateExpiries } from './certificate-expiries.ts';
import { revocationExpiries } from './revocation-expiries.ts';

/** What is known of Envoys and of what is published. */
interface StandingSources {
  readonly latest: () => Pick<Published, 'translation'> | undefined;
  readonly publishedAt: () => number | undefined;
  readonly envoys: (now: number) => Standing['envoys'];
}

/**
 * Looks at how things stand when it is called. It costs nothing otherwise, and nothing for what has not changed
 * since the last time; else a step for each cluster, or for each certificate and server name, in slices. What
 * takes long, as to read a hundred thousand certificates for the first time, is told at a later scrape.
 */
export const standing = ({ latest, publishedAt, envoys }: StandingSources) => {
  const clustersWithoutEndpoints = unlessAlike(withoutEndpoints, nothing.clustersWithoutEndpoints);
  const expiries = unlessAlike(certificateExpiries, nothing.expiries);
  const revocations = unlessAlike(revocationExpiries, nothing.revocations);
  const counted = async ({ ir, states }: Published['translation']): Promise<Counts> => ({
    clustersWithoutEndpoints: await clustersWithoutEndpoints(ir.clusters, ir.endpoints),
    certificates: ir.secrets.size,
    expiries: await expiries(ir.secrets, states.names.claims.settled.output),
    revocations: await revocations(ir.trustBundles),
  });
  return async (): Promise<Standing> => {
    const translation = latest()?.translation;
    const counts = translation === undefined ? nothing : await counted(translation);
    const at = publishedAt();
    return { ...counts, envoys: envoys(Date.now()), ...(at !== undefined && { publishedAt: at }) };
  };
};

type Counts = Pick<
  Standing,
  'clustersWithoutEndpoints' | 'certificates' | 'expiries' | 'revocations'
>;

const nothing: Counts = {
  clustersWithoutEndpoints: 0,
  certificates: 0,
  expiries: [],
  revocations: [],
};

/** Remembers what came of the last collections, as long as anybody else has them. */
const unlessAlike = <A extends readonly object[], C>(
  make: (...all: A) => Promise<C>,
  atFirst: C,
) => {
  let of: readonly WeakRef<object>[] | undefined;
  let making: Promise<void> | undefined;
  let made = atFirst;
  const remade = async (all: A): Promise<void> => {
    of = all.map((one) => new WeakRef(one));
    try {
      made = await make(...all);
    } finally {
      making = undefined;
    }
  };
  return async (...all: A): Promise<C> => {
    if (all.some((one, i) => of?.[i]?.deref() !== one)) making ??= remade(all);
    await Promise.race([making, setTimeout(patience, undefined, { ref: false })]);
    return made;
  };
};

/** For so many milliseconds a scrape waits; then it is told what was made before. */
const patience = 2000;

const withoutEndpoints = async (
  clusters: Ir['clusters'],
  endpoints: Ir['endpoints'],
): Promise<number> => {
  let count = 0;
  await inSlices(values(clusters), ({ discovery }) => {
    if (discovery._tag !== 'Eds') return;
    if ((get(endpoints, discovery.endpoints)?.endpoints.length ?? 0) === 0) count += 1;
  });
  return count;
};

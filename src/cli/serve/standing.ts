import { get, values } from '../../collection/collection.ts';
import type { Standing } from '../../edge/admin/standing.ts';
import { inSlices } from '../../edge/in-slices.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Published } from '../../plane/published.ts';
import { certificateExpiries } from './certificate-expiries.ts';

/** What is known of Envoys and of what is published. */
interface StandingSources {
  readonly latest: () => Pick<Published, 'translation'> | undefined;
  readonly publishedAt: () => number | undefined;
  readonly envoys: (now: number) => Standing['envoys'];
}

/**
 * Looks at how things stand when it is called. It costs nothing otherwise, and little when nothing has
 * changed since the last time; else a step for each cluster and certificate, in slices.
 */
export const standing = ({ latest, publishedAt, envoys }: StandingSources) => {
  let known: { readonly of: Ir; readonly counts: Promise<Counts> } | undefined;
  return async (): Promise<Standing> => {
    const translation = latest()?.translation;
    if (translation !== undefined && known?.of !== translation.ir)
      known = { of: translation.ir, counts: countsOf(translation) };
    const counts = (await known?.counts) ?? nothing;
    const at = publishedAt();
    return { ...counts, envoys: envoys(Date.now()), ...(at !== undefined && { publishedAt: at }) };
  };
};

type Counts = Pick<Standing, 'clustersWithoutEndpoints' | 'certificates' | 'expiries'>;

const nothing: Counts = { clustersWithoutEndpoints: 0, certificates: 0, expiries: [] };

const countsOf = async ({ ir, states }: Published['translation']): Promise<Counts> => ({
  clustersWithoutEndpoints: await withoutEndpoints(ir),
  certificates: ir.secrets.size,
  expiries: await certificateExpiries(ir.secrets, states.names.claims.settled.output),
});

const withoutEndpoints = async ({ clusters, endpoints }: Ir): Promise<number> => {
  let count = 0;
  await inSlices(values(clusters), ({ discovery }) => {
    if (discovery._tag !== 'Eds') return;
    if ((get(endpoints, discovery.endpoints)?.endpoints.length ?? 0) === 0) count += 1;
  });
  return count;
};

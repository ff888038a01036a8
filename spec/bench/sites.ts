import { aMapping, type Manifest } from '../_support/world/builders.ts';
import { cluster, domain, mappingNumber, scattered } from './cluster.ts';
import type { Gateway } from './gateway.ts';

/** Every so many Mappings of a cluster of sites answer by themselves. */
const spacing = 10;

/**
 * A cluster of `n` Mappings in a wildcard Host, every tenth of which answers with a redirect that
 * says which version of it is in force: such a site can be asked without any backend.
 */
export const sites = (n: number, port: number): readonly Manifest[] =>
  cluster('wildcard Host', n, {
    port,
    mapping: (_, i) => (i % spacing === 0 ? site(i, 0) : mappingNumber(n, i)),
  });

/** The number of a site among `n` Mappings, scattered over them. */
export const siteNumber = (n: number, turn: number): number =>
  scattered(Math.ceil(n / spacing), turn) * spacing;

/** A Mapping that answers with a redirect to `/version-VERSION`. */
export const site = (i: number, version: number): Manifest =>
  aMapping(`shops/shop-${i}`, {
    hostname: domain(i),
    prefix: '/api/',
    service: 'elsewhere.example.com',
    host_redirect: true,
    path_redirect: `/version-${version}`,
    redirect_response_code: 302,
  });

/** Applies a version of a site, and says after how many milliseconds Envoy answers by it. */
export const servedAfter = async (
  { api, ask }: Gateway,
  i: number,
  version: number,
  type: 'ADDED' | 'MODIFIED' = 'MODIFIED',
): Promise<number> => {
  const began = performance.now();
  api.say(type, site(i, version));
  const expected = `/version-${version}`;
  const host = domain(i);
  for (;;) {
    const { headers } = await ask({ path: '/api/', host });
    const taken = performance.now() - began;
    if (headers.location?.endsWith(expected) === true) return taken;
    if (taken > 120_000) throw new Error(`${host} is not served after two minutes`);
  }
};

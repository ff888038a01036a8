import { host, bareMapping } from './routing-manifests.ts';

/**
 * Enough virtual hosts to cut every table that routes cleartext into shards; they have a Host of
 * their own, and nobody asks for them.
 */
export const crowd = (size: number): string =>
  host('*.crowd.example') +
  Array.from({ length: size }, (_, i) =>
    bareMapping(`crowd-${i}`, 9, `prefix: /, hostname: m${i}.crowd.example`),
  ).join('');

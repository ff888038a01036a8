import { readFileSync } from 'node:fs';

import { left, type Either } from 'fp-ts/lib/Either.js';

import { readAuthorities } from '../../kube/secret/authorities.ts';

/** The certificates of the authorities in a file, PEM, or why there are none that can be used. */
export const readAuthoritiesFile = (path: string): Either<string, string> => {
  try {
    return readAuthorities(readFileSync(path, 'utf8'));
  } catch {
    return left('cannot be read');
  }
};

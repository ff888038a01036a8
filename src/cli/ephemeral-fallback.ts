import { join } from 'node:path';

import { cacheFolder } from '../edge/cache-folder.ts';
import { fallbackCertificate } from '../edge/fallback-certificate.ts';
import type { Decoded } from '../kube/kube-event.ts';

/** The fallback certificate for commands that serve nobody; kept with the downloads. */
export const ephemeralFallback = async (
  namespace: string,
  env: NodeJS.ProcessEnv,
): Promise<Decoded<'Secret'>> =>
  await fallbackCertificate(join(cacheFolder({ env }), 'fallback-certificate.pem'), namespace);

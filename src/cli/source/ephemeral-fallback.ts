import { join } from 'node:path';

import { fallbackCertificate } from '../../edge/certificate/fallback-certificate.ts';
import { cacheFolder } from '../../edge/envoy/cache-folder.ts';
import type { Decoded } from '../../kube/kube-event.ts';

/** The fallback certificate for commands that serve nobody; kept with the downloads. */
export const ephemeralFallback = async (
  namespace: string,
  env: NodeJS.ProcessEnv,
): Promise<Decoded<'Secret'>> =>
  await fallbackCertificate(join(cacheFolder({ env }), 'fallback-certificate.pem'), namespace);

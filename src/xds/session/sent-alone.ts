import { TypeUrl } from '../type-url.ts';

/**
 * Whether a resource of a type is sent alone.
 *
 * Envoy keeps the content of a new secret or filter before it finds out whether it can use it. If the
 * same content comes again, Envoy acknowledges it without a look (measured on 1.40.0). So its first
 * answer alone tells, and that must be about nothing else. Names that are served with one certificate
 * share a response: Envoy takes or refuses them all.
 */
export const isSentAlone = (typeUrl: TypeUrl): boolean =>
  typeUrl === TypeUrl.Secret || typeUrl === TypeUrl.Extension;

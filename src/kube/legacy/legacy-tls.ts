import { changed, type Fields } from './legacy-fields.ts';

/**
 * Reads `tls` where it is a boolean.
 *
 * `true` asks for TLS whatever the scheme of the service is; `false` leaves it to the scheme.
 */
export const withTls = (spec: Fields): Fields => {
  const { tls } = spec;
  if (typeof tls !== 'boolean') return spec;
  const bare = changed(spec, { tls: undefined });
  const field = ['service', 'auth_service'].find((name) => typeof spec[name] === 'string');
  if (!tls || field === undefined) return bare;
  return changed(bare, { [field]: `https://${String(spec[field]).replace(/^https?:\/\//i, '')}` });
};

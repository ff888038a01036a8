import type { PeerCertificate } from 'node:tls';

/**
 * Who a client is by its certificate: a URI (`spiffe://…`) if it has one, else its first DNS name,
 * else its common name.
 */
export const clientName = ({ subject, subjectaltname = '' }: PeerCertificate): string => {
  const alternatives = subjectaltname.split(', ');
  const uri = alternatives.find((name) => name.startsWith('URI:'));
  const dns = alternatives.find((name) => name.startsWith('DNS:'));
  const named = uri ?? dns;
  if (named !== undefined) return named.slice('URI:'.length);
  const common: unknown = subject?.CN;
  return typeof common === 'string' ? common : '(no name)';
};

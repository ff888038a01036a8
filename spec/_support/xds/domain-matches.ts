import * as fc from 'fast-check';

/** Whether Envoy finds a host, in lower case and without a port, under a domain of a table. */
export const domainMatches = (domain: string, host: string): boolean => {
  if (domain === '*') return true;
  if (domain.startsWith('*')) return host.length >= domain.length && host.endsWith(domain.slice(1));
  if (domain.endsWith('*'))
    return host.length >= domain.length && host.startsWith(domain.slice(0, -1));
  return host === domain;
};

const label = fc.constantFrom('a', 'b', 'shop', 'api-v1', 'example', 'com', 'x');

/** Host names of one to six labels, of few different ones, so that many names are similar. */
export const aHostName: fc.Arbitrary<string> = fc
  .array(label, { minLength: 1, maxLength: 6 })
  .map((labels) => labels.join('.'));

/** Domains of every kind, among them those that match a host by a part of a label. */
export const aDomain: fc.Arbitrary<string> = fc.oneof(
  aHostName,
  aHostName.map((name) => `*.${name}`),
  aHostName.map((name) => `*-${name}`),
  aHostName.map((name) => `${name}.*`),
  aHostName.map((name) => `${name}-*`),
  fc.constant('*'),
);

/** A host that a domain matches. */
export const aHostOf = (domain: string): fc.Arbitrary<string> => {
  if (domain === '*') return aHostName;
  if (domain.startsWith('*')) return aHostName.map((name) => `${name}${domain.slice(1)}`);
  if (domain.endsWith('*')) return aHostName.map((name) => `${domain.slice(0, -1)}${name}`);
  return fc.constant(domain);
};

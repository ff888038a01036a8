import * as t from 'io-ts';

import { languageGroups } from '../language.ts';
import { changed, type Fields } from './legacy-fields.ts';

/** An object in version 0, which was in annotations only, in that of version 1; any other as it is. */
export const fromVersion0 = (fields: Fields): Fields => {
  const { apiVersion, kind, spec } = fields;
  if (apiVersion !== `${languageGroups.emissary}/v0`) return fields;
  const modern = { ...fields, apiVersion: `${languageGroups.emissary}/v1` };
  if (!t.UnknownRecord.is(spec)) return modern;
  switch (kind) {
    case 'Mapping':
      return { ...modern, spec: withRateLimits(spec) };
    case 'AuthService':
      return { ...modern, spec: withAllowedHeaders(spec) };
    default:
      return modern;
  }
};

/** Each rate limit was a descriptor with the client and its cluster, and the headers that it names. */
const withRateLimits = (spec: Fields): Fields => {
  const { rate_limits: limits, labels } = spec;
  if (!Array.isArray(limits) || labels !== undefined) return spec;
  const groups = limits.map((limit: unknown, i) => ({
    [`v0_ratelimit_${String(i).padStart(2, '0')}`]: descriptor(limit),
  }));
  return changed(spec, { rate_limits: undefined, labels: { [usualDomain]: groups } });
};

const descriptor = (limit: unknown): readonly unknown[] => {
  const { descriptor: key, headers } = t.UnknownRecord.is(limit) ? limit : {};
  const names: readonly unknown[] = Array.isArray(headers) ? headers : [];
  return [
    ...['source_cluster', 'destination_cluster', 'remote_address'],
    ...(key === undefined ? [] : [{ generic_key: key }]),
    ...names.map((name) => ({ [String(name)]: { header: name, omit_if_not_present: true } })),
  ];
};

/** The domain of rate limits where no RateLimitService says another. */
const usualDomain = 'ambassador';

/** One list was for the request to the service and for what it answers. */
const withAllowedHeaders = (spec: Fields): Fields => {
  const { allowed_headers: allowed, allowed_request_headers, allowed_authorization_headers } = spec;
  if (allowed === undefined) return spec;
  return changed(spec, {
    allowed_headers: undefined,
    allowed_request_headers: allowed_request_headers ?? allowed,
    allowed_authorization_headers: allowed_authorization_headers ?? allowed,
  });
};

import { definedOnly } from '../../../collection/defined-only.ts';
import { corsFilter, type CorsPolicy } from '../../../ir/filter/cors.ts';
import type { FilterUse } from '../../../ir/filter/filter.ts';
import type { Cors } from '../../../kube/gateway/filter.ts';

/** What the CORS filter does for the requests of a rule. */
export const corsUse = (asked: Cors): readonly FilterUse[] => [
  { filter: corsFilter, settings: corsPolicy(asked) },
];

const corsPolicy = ({
  allowOrigins = [],
  allowMethods = [],
  allowHeaders = [],
  exposeHeaders = [],
  allowCredentials,
  maxAge,
}: Cors): CorsPolicy =>
  definedOnly<CorsPolicy>({
    _tag: 'Cors',
    origins: allowOrigins,
    methods: allowMethods,
    headers: allowHeaders,
    exposedHeaders: exposeHeaders,
    credentials: allowCredentials === true ? true : undefined,
    maxAge: String(maxAge),
  });

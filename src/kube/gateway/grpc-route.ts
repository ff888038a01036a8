import type * as t from 'io-ts';

import { defaulted } from '../codec/defaulted.ts';
import { HeaderName } from '../codec/header-name.ts';
import { list } from '../codec/list.ts';
import { oneOf } from '../codec/one-of.ts';
import { strict } from '../codec/strict.ts';
import { struct } from '../codec/struct.ts';
import { text } from '../codec/text.ts';
import { ageField, metaFields } from '../core/object-meta.ts';
import { GrpcRouteFilter } from './filter.ts';
import { RouteHostname, SectionName } from './names.ts';
import { ParentReference, weightedBackend } from './references.ts';

const Comparison = defaulted(oneOf('Exact', 'RegularExpression'), 'Exact');

/** The calls a rule is for: everything that is said holds. */
const GrpcRouteMatch = strict(
  struct(
    {},
    {
      method: strict(struct({ type: Comparison }, { service: text(1024), method: text(1024) })),
      headers: list(strict(struct({ type: Comparison, name: HeaderName, value: text(4096) }, {}))),
    },
  ),
);
export type GrpcRouteMatch = t.TypeOf<typeof GrpcRouteMatch>;

/** A Service that gets a share of the calls. */
const GrpcBackend = weightedBackend({ filters: list(GrpcRouteFilter, 64) });

/** Where the calls go that one of the matches is for. */
const GrpcRouteRule = struct(
  {},
  {
    name: SectionName,
    matches: list(GrpcRouteMatch),
    filters: list(GrpcRouteFilter, 64),
    backendRefs: list(GrpcBackend),
  },
);

/** gateway.networking.k8s.io GRPCRoute: where gRPC calls for some host names go. */
export const GRPCRoute = struct(
  {
    metadata: struct(metaFields, ageField),
    spec: struct(
      {},
      {
        parentRefs: list(ParentReference),
        hostnames: list(RouteHostname),
        rules: list(GrpcRouteRule),
      },
    ),
  },
  {},
);
export type GRPCRoute = t.TypeOf<typeof GRPCRoute>;

import type { SecretName } from '../../../ir/secret.ts';
import type { GRPCRoute } from '../../../kube/gateway/grpc-route.ts';
import type { HTTPRoute } from '../../../kube/gateway/http-route.ts';
import type { BackendLookup } from '../backend/backend-lookup.ts';
import type { CompiledRules } from './compiled-route.ts';

/** What rules are compiled with. */
export interface RuleContext {
  readonly backends: BackendLookup;
  /** What is shown to backends that ask for a certificate. */
  readonly clientCertificate?: SecretName;
}

/** The object of a kind of routes. */
export type RouteObject =
  | { readonly kind: 'HTTPRoute'; readonly object: HTTPRoute }
  | { readonly kind: 'GRPCRoute'; readonly object: GRPCRoute };

/** Compiles all rules of an object; pure, but for what it looks up. */
export type CompileRules = (route: RouteObject, context: RuleContext) => CompiledRules;

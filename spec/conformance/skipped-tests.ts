/** Tests that are passed over, and why. */
interface Skipped {
  readonly tests: RegExp;
  readonly reason: string;
}

/**
 * Every test of the suite that a whole run passes over, each with the reason.
 *
 * The suite itself passes over them, because our GatewayClass does not claim the feature that they
 * are of; a test that no line here names must not be passed over. The first of several lines counts.
 */
const skipped: readonly Skipped[] = [
  {
    tests: /^Mesh/,
    reason: 'they are of a service mesh',
  },
  {
    tests: /^(?:TCPRoute|TLSRoute|UDPRoute)/,
    reason: 'they are of the profiles of TCPRoute, TLSRoute and UDPRoute, which are not served yet',
  },
  {
    tests:
      /^(?:BackendTLSPolicyTLSRouteTerminate|HTTPRouteDisallowedKind|ListenerSetAllowedRoutesSupportedKinds)$/,
    reason: 'they use a TLSRoute, which is not served yet',
  },
  {
    tests: /^(?:GatewayInfrastructureMetadata|GatewayInvalidParametersRef)$/,
    reason:
      'they are of GatewayInfrastructure, which is about Envoys of its own for each Gateway, and Headgate has none yet',
  },
];

/** Tests that are passed over, put together by the reason. */
export const byReason = (
  tests: readonly string[],
): ReadonlyMap<string | undefined, readonly string[]> =>
  Map.groupBy(tests, (test) => skipped.find(({ tests: some }) => some.test(test))?.reason);

/**
 * The tests of the profiles that are not run, each with the reason; `docs/conformance` repeats them.
 *
 * Tests of features that no version of the GatewayClass claims are skipped by the suite itself.
 */
export const skippedTests: Readonly<Record<string, string>> = {
  GatewayInfrastructure:
    'it wants a Service, a Pod or a ServiceAccount of its own for each Gateway, which come with Envoys of its own',
};

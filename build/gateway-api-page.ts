import { kinds, kindTable, type Kind } from '../src/kube/kind.ts';
import { languageGroups } from '../src/kube/language.ts';
import { laterFields, laterKinds } from '../src/kube/gateway/known-shapes.ts';
import { supportedReleases } from '../src/kube/gateway/release.ts';
import { supportedFeatures } from '../src/translate/gateway/class/supported-features.ts';

/** The reference page of what is supported of the Gateway API, as Markdown. */
export const gatewayApiPage = (): string =>
  [
    '# What is supported of the Gateway API',
    '',
    `Releases ${supportedReleases.first} to ${supportedReleases.last}, standard channel. How it is used: [the Gateway API](../gateway-api.md).`,
    '',
    '## Kinds',
    '',
    '| kind | version | scope |',
    '|---|---|---|',
    ...kinds.filter((kind) => kindTable[kind].language === 'gateway').map(kindRow),
    ...(laterKinds[languageGroups.gateway] ?? []).map(
      (kind) => `| ${kind} | | not supported yet |`,
    ),
    '',
    '## Fields',
    '',
    'Every field of the standard channel is read. These of the experimental one are reported as not supported yet;',
    'a field that no release has is reported too.',
    '',
    ...Object.entries(laterFields).map(
      ([kind, paths]) => `- ${kind}: ${paths.map((path) => `\`${path}\``).join(', ')}`,
    ),
    '',
    '## Features',
    '',
    'By the names of the conformance suite, as `kubectl get gatewayclass headgate -o yaml` says them. Those of',
    'other profiles (TLS, TCP, UDP, mesh) are not supported yet.',
    '',
    '| feature | is | here |',
    '|---|---|---|',
    ...[...new Set([...Object.keys(meanings), ...supportedFeatures])].map(featureRow),
    '',
  ].join('\n');

const kindRow = (kind: Kind): string => {
  const { apiVersion, scope } = kindTable[kind];
  return `| ${kind} | \`${apiVersion}\` | ${scope === 'Cluster' ? 'the cluster' : 'a namespace'} |`;
};

const featureRow = (name: string): string =>
  `| ${name} | ${meanings[name] ?? ''} | ${supportedFeatures.includes(name) ? 'yes' : 'not yet'} |`;

/** What the features of the profiles GATEWAY-HTTP and GATEWAY-GRPC are, standard channel. */
const meanings: Readonly<Record<string, string>> = {
  Gateway: 'Gateways',
  HTTPRoute: 'HTTPRoutes',
  GRPCRoute: 'GRPCRoutes',
  ReferenceGrant: 'references to other namespaces where a ReferenceGrant allows them',
  ListenerSet: 'ListenerSets add listeners to a Gateway',
  BackendTLSPolicy: 'TLS to Services, with their authorities and names',
  BackendTLSPolicySANValidation: 'other names that the certificate of a Service may have',
  GatewayAddressEmpty: 'an address with a type and without a value is any address of that type',
  GatewayBackendClientCertificate: 'a certificate that Services are shown',
  GatewayFrontendClientCertificateValidation: 'certificates of clients, for all ports or for one',
  GatewayFrontendClientCertificateValidationInsecureFallback:
    'clients without a good certificate are let in where the Gateway says so',
  GatewayHTTPListenerIsolation:
    'requests meet the routes of the listener with the most specific hostname, and of no other',
  GatewayHTTPSListenerDetectMisdirectedRequests:
    'a request on a connection of another listener is answered 421',
  GatewayInfrastructure:
    'labels and annotations for what is made for a Gateway (here nothing is: Gateways share Envoys)',
  GatewayPort8080: 'a listener on port 8080 beside one on 80',
  GatewayRouteHostnameIntersectionPrecedence:
    'the hostname as the route writes it decides which route comes first',
  GatewayStaticAddresses: 'addresses that a Gateway asks for by value',
  GRPCRouteNamedRouteRule: 'rules have names',
  GRPCRouteRequestHeaderModifier: 'request headers are changed',
  HTTPRoute303RedirectStatusCode: 'redirects with 303',
  HTTPRoute307RedirectStatusCode: 'redirects with 307',
  HTTPRoute308RedirectStatusCode: 'redirects with 308',
  HTTPRouteBackendProtocolH2C: 'HTTP/2 in cleartext to a port with `kubernetes.io/h2c`',
  HTTPRouteBackendProtocolWebSocket: 'WebSocket to a port with `kubernetes.io/ws`',
  HTTPRouteBackendRequestHeaderModification: 'request headers are changed for one backend',
  HTTPRouteBackendTimeout: 'a time for each attempt',
  HTTPRouteBackendURLRewrite: 'the URL is rewritten for one backend',
  HTTPRouteCORS: 'CORS',
  HTTPRouteDestinationPortMatching:
    'a reference to a parent names a port that no listener has (experimental)',
  HTTPRouteHostRewrite: 'the host is rewritten',
  HTTPRouteMethodMatching: 'matches by method',
  HTTPRouteNamedRouteRule: 'rules have names',
  HTTPRouteParentRefPort: 'a reference to a parent names a port',
  HTTPRoutePathRedirect: 'redirects to another path',
  HTTPRoutePathRewrite: 'the path is rewritten',
  HTTPRoutePortRedirect: 'redirects to another port',
  HTTPRouteQueryParamMatching: 'matches by query parameters',
  HTTPRouteRequestMirror: 'a copy of each request',
  HTTPRouteRequestMultipleMirrors: 'several copies',
  HTTPRouteRequestPercentageMirror: 'copies of a share of the requests',
  HTTPRouteRequestTimeout: 'a time for the whole request',
  HTTPRouteResponseHeaderModification: 'response headers are changed',
  HTTPRouteRetryCodes: 'another attempt after these status codes',
  HTTPRouteRetryConnectionError: 'another attempt after a broken connection',
  HTTPRouteSchemeRedirect: 'redirects to another scheme',
};

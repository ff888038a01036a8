/** The kinds of our group, by their names in the API. */
const own = [
  ...['authservices', 'consulresolvers', 'devportals', 'hosts', 'kubernetesendpointresolvers'],
  ...['kubernetesserviceresolvers', 'listeners', 'logservices', 'mappings', 'modules'],
  ...['ratelimitservices', 'tcpmappings', 'tlscontexts', 'tracingservices'],
].map((plural) => `${plural}.getambassador.io`);

/** The kinds of the Gateway API that have a status. */
const gatewayApi = [
  ...['backendtlspolicies', 'gatewayclasses', 'gateways', 'grpcroutes', 'httproutes'],
  'listenersets',
].map((plural) => `${plural}.gateway.networking.k8s.io`);

const reading = [
  ...own,
  ...['services', 'endpointslices.discovery.k8s.io', 'ingresses.networking.k8s.io', 'secrets'],
].flatMap((resource) => [`list ${resource}`, `watch ${resource}`]);

const reportingStatus = [
  ...own.map((resource) => `patch ${resource}/status`),
  ...['get ingresses.networking.k8s.io/status', 'patch ingresses.networking.k8s.io/status'],
  ...['create events', 'get events', 'patch events'],
];

/** What is needed where objects are read. */
export const objectRights: readonly string[] = [...reading, 'get secrets', ...reportingStatus];

/** What is needed beside, to read a whole cluster. */
export const clusterRights: readonly string[] = [
  ...[...gatewayApi, 'referencegrants.gateway.networking.k8s.io', 'namespaces'].flatMap(
    (resource) => [`list ${resource}`, `watch ${resource}`],
  ),
  ...gatewayApi.flatMap((resource) => [`get ${resource}/status`, `patch ${resource}/status`]),
  'list ingressclasses.networking.k8s.io',
  'watch ingressclasses.networking.k8s.io',
  'list customresourcedefinitions.apiextensions.k8s.io',
  'watch customresourcedefinitions.apiextensions.k8s.io',
];

/** The authorities by which certificates are checked, where they are not asked for by name. */
export const authorityRights: readonly string[] = [
  'get configmaps',
  'list configmaps',
  'watch configmaps',
];

/** What is needed in the namespace of the installation; the Lease is called as the Deployment. */
export const leaseRights: readonly string[] = [
  'create leases.coordination.k8s.io',
  'get leases.coordination.k8s.io headgate',
  'update leases.coordination.k8s.io headgate',
];

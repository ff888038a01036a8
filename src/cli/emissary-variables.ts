/** What becomes of an environment variable of Emissary. */
export type Fate =
  /** It is read; `note` is what it does differently, if anything. */
  | { readonly _tag: 'Read'; readonly note?: string }
  /** Something else says it, to be read after the name: `HEADGATE_LOG_LEVEL is`. */
  | { readonly _tag: 'Instead'; readonly text: string }
  /** It has no meaning here, and why. */
  | { readonly _tag: 'Unused'; readonly why: string };

const read = (note?: string): Fate => ({ _tag: 'Read', ...(note !== undefined && { note }) });
const instead = (text: string): Fate => ({ _tag: 'Instead', text });
const unused = (why: string): Fate => ({ _tag: 'Unused', why });

const adminAddress = instead('HEADGATE_ADMIN_ADDRESS is');
const noWebhook = unused('old versions are read without a webhook');
const noStatsd = unused('statistics are on /metrics, for Prometheus');
const noSnapshots = unused(
  'no snapshots are written to files; `headgate debug snapshot` shows one',
);
const noDiagd = unused('there is no process of its own for diagnostics');
const noThrottle = unused('no change waits for another one, or for memory');
const noCloud = unused('nothing is sent to anybody');

/** Every environment variable that Emissary 2 and 3 read, and what becomes of it, by its name. */
export const emissaryVariables: ReadonlyMap<string, Fate> = new Map<string, Fate>([
  ['AES_LOG_LEVEL', instead('HEADGATE_LOG_LEVEL is')],
  ['AGENT_SERVICE', noCloud],
  ['AMBASSADOR_AMBEX_NO_RATELIMIT', noThrottle],
  ['AMBASSADOR_AMBEX_SNAPSHOT_COUNT', noSnapshots],
  ['AMBASSADOR_APIEXT_DEPLOYMENT_NAME', noWebhook],
  ['AMBASSADOR_APIEXT_NAMESPACE', noWebhook],
  ['AMBASSADOR_APIEXT_TIMEOUT', noWebhook],
  ['AMBASSADOR_APIEXT_WAIT', noWebhook],
  ['AMBASSADOR_CERTS_SINGLE_NAMESPACE', read()],
  ['AMBASSADOR_CLUSTER_ID', noCloud],
  ['AMBASSADOR_CONFIG_BASE_DIR', instead('HEADGATE_STATE_DIR is')],
  ['AMBASSADOR_CONFIG_DIR', instead('HEADGATE_CONFIG_DIR is')],
  ['AMBASSADOR_DEBUG', instead('HEADGATE_LOG_LEVEL=debug is')],
  ['AMBASSADOR_DEBUG_CLUSTER_CONFIG', unused('`headgate debug ir` shows every cluster')],
  ['AMBASSADOR_DIAGD_BANNER_ENDPOINT', noDiagd],
  ['AMBASSADOR_DIAGD_BIND_ADDREASS', noDiagd],
  ['AMBASSADOR_DIAGD_BIND_PORT', noDiagd],
  [
    'AMBASSADOR_DISABLE_ENDPOINTS',
    unused('which Mappings go to endpoints is said by their resolvers alone'),
  ],
  ['AMBASSADOR_DISABLE_SNAPSHOT_SERVER', unused('there is no snapshot server')],
  ['AMBASSADOR_DRAIN_TIME', read('without it 10 s, not 600')],
  ['AMBASSADOR_EDS_BYPASS', unused('endpoints are updated by EDS, without a new cluster')],
  ['AMBASSADOR_ENVOY_API_VERSION', unused('Envoy has v3 alone')],
  ['AMBASSADOR_ENVOY_BASE_ID', unused('each Envoy that is started has a base id of its own')],
  ['AMBASSADOR_ENVOY_BIND_ADDRESS', unused('Listeners are on all addresses, as without it')],
  [
    'AMBASSADOR_FAST_RECONFIGURE',
    unused('every change costs what it changes; there is no other way'),
  ],
  ['AMBASSADOR_FAST_VALIDATION', unused('every object is checked')],
  ['AMBASSADOR_FIELD_SELECTOR', read()],
  [
    'AMBASSADOR_FORCE_ENDPOINTS',
    unused('which Mappings go to endpoints is said by their resolvers alone'),
  ],
  ['AMBASSADOR_FORCE_SECRET_VALIDATION', unused('every certificate is checked')],
  ['AMBASSADOR_HEALTHCHECK_BIND_ADDRESS', adminAddress],
  ['AMBASSADOR_HEALTHCHECK_BIND_PORT', adminAddress],
  ['AMBASSADOR_HEALTHCHECK_IP_FAMILY', adminAddress],
  ['AMBASSADOR_ID', read()],
  [
    'AMBASSADOR_ISTIO_SECRET_DIR',
    unused('certificates are read from Secrets alone; have the mesh write one'),
  ],
  ['AMBASSADOR_JSON_LOGGING', instead('HEADGATE_LOG_FORMAT=json is')],
  ['AMBASSADOR_KNATIVE_SUPPORT', unused('objects of Knative are not read')],
  ['AMBASSADOR_LABEL_SELECTOR', read()],
  ['AMBASSADOR_LEGACY_MODE', unused('Emissary 2 forgot it, too')],
  ['AMBASSADOR_LOG_RESOURCES', unused('the log names each object that has a problem')],
  ['AMBASSADOR_NAMESPACE', read()],
  ['AMBASSADOR_READY_LOG', unused('questions whether Envoy is ready are in no log')],
  ['AMBASSADOR_READY_PORT', instead('HEADGATE_ENVOY_READY_ADDRESS is')],
  ['AMBASSADOR_RECONFIG_MAX_DELAY', noThrottle],
  ['AMBASSADOR_SINGLE_NAMESPACE', read()],
  ['AMBASSADOR_SNAPSHOT_COUNT', noSnapshots],
  [
    'AMBASSADOR_UPDATE_MAPPING_STATUS',
    instead('status is written unless HEADGATE_NO_STATUS says no'),
  ],
  ['DD_ENTITY_ID', noStatsd],
  ['DIAGD_ONLY', noDiagd],
  [
    'DISABLE_STRICT_LABEL_SELECTORS',
    unused('a Mapping has all labels of a mappingSelector, or is not selected'),
  ],
  ['DOGSTATSD', noStatsd],
  ['ENVOY_BOOTSTRAP_FILE', unused('`headgate bootstrap` prints the bootstrap for an Envoy')],
  ['ENVOY_CONCURRENCY', instead('HEADGATE_ENVOY_CONCURRENCY is')],
  ['ENVOY_DIR', unused('`headgate bootstrap` prints the bootstrap for an Envoy')],
  ['SCOUT_DISABLE', noCloud],
  ['STATSD_ENABLED', noStatsd],
  ['STATSD_FLUSH_INTERVAL', noStatsd],
  ['STATSD_HOST', noStatsd],
]);

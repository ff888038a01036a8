import { definedOnly } from '../../../collection/defined-only.ts';
import type { CorsPolicy } from '../../../ir/filter/cors.ts';
import type { HashPolicy } from '../../../ir/route.ts';
import type { RetrySettings, Settings } from './compiled-mapping.ts';
import { fieldsOn, type SpecOn } from './mapping-fields.ts';
import { authUse } from '../auth/auth-filter.ts';
import { mentions } from '../upstream/mentions.ts';

type Spec = SpecOn<'setting'>;

/** The settings of a Mapping; what it does not set is absent. */
export const mappingSettings = (spec: Spec): Settings =>
  mentions(spec, settingFields) ? settingsOf(spec) : noSettings;

/** The settings of a Mapping without any, as most are: one for all. */
export const noSettings: Settings = {};

const settingFields: ReadonlySet<string> = new Set(fieldsOn('setting'));

const settingsOf = (spec: Spec): Settings =>
  definedOnly<Settings>({
    caseSensitive: spec.case_sensitive,
    regexRewrite: regexRewrite(spec),
    pathRewrite: pathRewrite(spec),
    hostRewrite: hostRewrite(spec),
    timeout: spec.timeout_ms,
    idleTimeout: spec.idle_timeout_ms,
    priority: spec.priority === undefined ? undefined : priority(spec.priority),
    retry: retry(spec),
    cors: cors(spec),
    hash: hash(spec),
    auth: authUse(spec),
    upgrades: upgrades(spec),
    removeRequestHeaders: spec.remove_request_headers,
    removeResponseHeaders: spec.remove_response_headers,
  });

const regexRewrite = ({ regex_rewrite }: Spec): Settings['regexRewrite'] =>
  regex_rewrite?.pattern === undefined
    ? undefined
    : {
        _tag: 'Regex',
        pattern: regex_rewrite.pattern,
        substitution: regex_rewrite.substitution ?? '',
      };

/**
 * An empty `rewrite` leaves the path alone, and so does a prefix that is a regular expression. One without a
 * slash in front gets it: a request for a path without would be no request.
 */
const pathRewrite = ({ rewrite, prefix_regex }: Spec): Settings['pathRewrite'] => {
  if (prefix_regex === true) return 'none';
  if (rewrite === undefined) return undefined;
  if (rewrite === '') return 'none';
  return { _tag: 'Prefix', value: rewrite.startsWith('/') ? rewrite : `/${rewrite}` };
};

const hostRewrite = ({ host_rewrite, auto_host_rewrite }: Spec): Settings['hostRewrite'] => {
  if (host_rewrite !== undefined) return { _tag: 'Literal', value: host_rewrite };
  return auto_host_rewrite === true ? { _tag: 'Upstream' } : undefined;
};

const priority = (written: string): 'default' | 'high' =>
  written.toLowerCase() === 'high' ? 'high' : 'default';

const retry = ({ retry_policy }: Spec): Settings['retry'] =>
  retry_policy?.retry_on === undefined
    ? undefined
    : definedOnly<RetrySettings>({
        on: [retry_policy.retry_on],
        statusCodes: [],
        retries: retry_policy.num_retries,
        backendTimeout: retry_policy.per_try_timeout,
      });

const cors = ({ cors: policy }: Spec): Settings['cors'] =>
  policy === undefined
    ? undefined
    : definedOnly<CorsPolicy>({
        _tag: 'Cors',
        origins: policy.origins ?? [],
        methods: policy.methods ?? [],
        headers: policy.headers ?? [],
        exposedHeaders: policy.exposed_headers ?? [],
        credentials: policy.credentials,
        maxAge: policy.max_age,
      });

const hash = ({ load_balancer }: Spec): readonly HashPolicy[] | undefined => {
  if (load_balancer === undefined) return undefined;
  const { cookie, header, source_ip } = load_balancer;
  if (cookie !== undefined)
    return [
      definedOnly<HashPolicy & { _tag: 'Cookie' }>({ _tag: 'Cookie', ...cookiePart(cookie) }),
    ];
  if (header !== undefined) return [{ _tag: 'Header', name: header }];
  return source_ip === true ? [{ _tag: 'SourceIp' }] : undefined;
};

const cookiePart = (cookie: NonNullable<NonNullable<Spec['load_balancer']>['cookie']>) => ({
  name: cookie.name,
  path: cookie.path,
  ttl: cookie.ttl,
});

const upgrades = ({ allow_upgrade, use_websocket }: Spec): readonly string[] | undefined => {
  const wanted = new Set((allow_upgrade ?? []).map((name) => name.toLowerCase()));
  if (use_websocket === true) wanted.add('websocket');
  return wanted.size === 0 ? undefined : [...wanted].sort();
};

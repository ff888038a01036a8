import { definedOnly } from '../../../collection/defined-only.ts';
import type { ErrorPages } from '../../../ir/filter/error-pages.ts';
import { foreignCommand } from '../../../ir/header/header-format.ts';
import type { HeaderValue } from '../../../ir/header-mutation.ts';
import type { AddedHeaders } from '../../../kube/emissary/header-mutation.ts';
import type { ModulePartOf } from '../../../kube/emissary/module/module-keys.ts';
import type { SharedSettings } from '../mapping/compiled-mapping.ts';
import { errorPages } from '../mapping/error-pages.ts';
import type { SpecOn } from '../mapping/mapping-fields.ts';
import { mappingSettings } from '../mapping/mapping-settings.ts';
import { headerValues } from '../upstream/header-values.ts';

type Spec = SpecOn<'cluster' | 'setting'> & { readonly resolver?: string };

/** What the Module says for Mappings that do not say it themselves. */
export interface MappingDefaults {
  /** Of the services of all kinds of objects. */
  readonly ofServices: Partial<Spec>;
  /** Of those of Mappings, too. */
  readonly ofMappings: Partial<Spec>;
  /** Names of services without a namespace are looked up in that of the installation. */
  readonly inOwnNamespace: boolean;
  readonly timeout?: number;
  readonly addRequestHeaders?: readonly HeaderValue[];
  readonly addResponseHeaders?: readonly HeaderValue[];
  readonly addLinkerdHeaders?: boolean;
  readonly errorPages?: ErrorPages;
  /** What members of a group inherit from each other counts before this. */
  readonly shared: SharedSettings;
}

/** The defaults that a Module gives; absent where it gives none. */
export const mappingDefaults = (config: ModulePartOf<'mappings'>): MappingDefaults | undefined => {
  if (Object.keys(config).length === 0) return undefined;
  const { circuit_breakers, keepalive, load_balancer, cors, retry_policy } = config;
  const { add_request_headers, add_response_headers, ...ofDefaults } = httpDefaults(config);
  const { remove_request_headers, remove_response_headers, stats_name } = ofDefaults;
  const { resolver, enable_ipv4, enable_ipv6 } = config;
  const { cluster_idle_timeout_ms, cluster_max_connection_lifetime_ms } = config;
  const ofServices = definedOnly<Partial<Spec>>({
    ...{ resolver, enable_ipv4, enable_ipv6 },
    ...{ cluster_idle_timeout_ms, cluster_max_connection_lifetime_ms },
  });
  return definedOnly<MappingDefaults>({
    ofServices,
    ofMappings: {
      ...ofServices,
      ...definedOnly<Partial<Spec>>({ circuit_breakers, keepalive, load_balancer, stats_name }),
    },
    inOwnNamespace: config.use_ambassador_namespace_for_service_resolution === true,
    timeout: config.cluster_request_timeout_ms,
    addRequestHeaders: safeValues(add_request_headers),
    addResponseHeaders: safeValues(add_response_headers),
    addLinkerdHeaders: config.add_linkerd_headers,
    errorPages: errorPages(config.error_response_overrides),
    shared: mappingSettings(
      definedOnly<Spec>({
        ...{ cors, retry_policy, load_balancer },
        ...{ remove_request_headers, remove_response_headers },
      }),
    ),
  });
};

/** What is said of the defaults for Mappings counts before what is said for all kinds. */
export const httpDefaults = ({ defaults = {} }: Pick<ModulePartOf<'mappings'>, 'defaults'>) => {
  const { httpmapping, tls_secret_namespacing: _, ...common } = defaults;
  return { ...common, ...httpmapping };
};

/** Headers with a command that is not allowed are not added; the owner of the Module is told. */
const safeValues = (headers: AddedHeaders | undefined): readonly HeaderValue[] | undefined =>
  headers === undefined ||
  Object.values(headers).some(({ value = '' }) => foreignCommand(value) !== undefined)
    ? undefined
    : headerValues(headers);

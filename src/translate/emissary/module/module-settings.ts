import { equal } from '../../../collection/equal.ts';
import type { ErrorPage } from '../../../ir/filter/error-pages.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { ModuleConfig } from '../../../kube/emissary/module/module-config.ts';
import {
  partOf,
  type ModulePart,
  type ModulePartOf,
} from '../../../kube/emissary/module/module-keys.ts';
import { errorPages } from '../mapping/error-pages.ts';

/**
 * What the Module of the gateway says, in parts. Who needs one of them depends on that one alone: a part
 * is the same value as long as nothing in it changes.
 */
export type ModuleSettings = { readonly [P in ModulePart]: ModulePartOf<P> } & {
  /** The Module; absent: there is none. */
  readonly from?: ObjectRef;
  /** What it says of Mappings that holds where there is none: the page of requests that no Mapping takes. */
  readonly notFound?: ErrorPage;
};

/** What counts where there is no Module. */
export const noSettings: ModuleSettings = {
  http: {},
  log: {},
  filters: {},
  mappings: {},
  labels: {},
  probes: {},
  runtime: {},
};

/** The settings of a Module. */
export const settingsOf = (from: ObjectRef, config: ModuleConfig): ModuleSettings => ({
  from,
  http: partOf('http', config),
  log: partOf('log', config),
  filters: partOf('filters', config),
  mappings: partOf('mappings', config),
  labels: partOf('labels', config),
  probes: partOf('probes', config),
  runtime: partOf('runtime', config),
  ...notFoundPage(config.error_response_overrides),
});

const notFoundPage = (
  overrides: ModuleConfig['error_response_overrides'],
): Pick<ModuleSettings, 'notFound'> => {
  const page = errorPages(overrides)?.pages.find(({ status }) => status === 404);
  return page === undefined ? {} : { notFound: page };
};

/** The next settings, in which each part that equals the former one is the former one. */
export const keptWhereEqual = (
  former: ModuleSettings | undefined,
  next: ModuleSettings,
): ModuleSettings => {
  if (former === undefined || former === next) return next;
  const kept = <P extends keyof ModuleSettings>(part: P): ModuleSettings[P] =>
    equal(former[part], next[part]) ? former[part] : next[part];
  return {
    ...next,
    http: kept('http'),
    log: kept('log'),
    filters: kept('filters'),
    mappings: kept('mappings'),
    labels: kept('labels'),
    probes: kept('probes'),
    runtime: kept('runtime'),
    ...(next.notFound !== undefined && { notFound: kept('notFound') }),
  };
};

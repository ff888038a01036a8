import type { ProbeFilter } from '../../ir/filter/probe.ts';
import { any } from '../message/encode.ts';
import type { Configured } from './filter-kind.ts';

/** Answers who asks whether the gateway is alive or ready. Its name holds the path, so it never changes. */
export const probe: Configured<ProbeFilter> = {
  config: ({ prefix }) =>
    any('envoy.extensions.filters.http.health_check.v3.HealthCheck', {
      pass_through_mode: { value: false },
      headers: [{ name: ':path', string_match: { prefix } }],
    }),
};

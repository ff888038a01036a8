import type { ConnectionLimits } from '../../../ir/http-options.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { ModulePartOf } from '../../../kube/emissary/module/module-keys.ts';
import { nearest } from '../../../problem/nearest.ts';
import type { Problem } from '../../../problem/problem.ts';

type Said = ModulePartOf<'runtime'>;

/** What flags limit: those that Emissary lets through, too. */
const limits: Readonly<Record<string, Exclude<keyof ConnectionLimits, 'from'>>> = {
  'http.max_requests_per_io_cycle': 'requestsPerTurn',
  'overload.premature_reset_total_stream_count': 'requestsBeforeResetsCount',
  'overload.premature_reset_min_stream_lifetime_seconds': 'earlyResetSeconds',
};

/** The flags of Envoy's runtime that can be set. */
export const settableFlags: readonly string[] = Object.keys(limits);

/** Emissary names it too, and never sets it. Envoy 1.40 does not have it, and calls its use a bug. */
const gone = 'envoy.restart_features.send_goaway_for_premature_rst_streams';

/** How much work the Module lets one connection make; absent: it does not say. */
export const connectionLimits = (
  from: ObjectRef,
  { runtime_flags: flags = {} }: Said,
): ConnectionLimits | undefined => {
  const set = Object.entries(limits).flatMap(([flag, limit]) => {
    const value = flags[flag];
    return isLimit(value) ? [[limit, value] as const] : [];
  });
  return set.length === 0 ? undefined : { ...Object.fromEntries(set), from: [from] };
};

const isLimit = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 4_294_967_295;

/** What is wrong with the flags of Envoy's runtime; each is looked at by itself. */
export const runtimeFlagFaults = (
  object: ObjectRef,
  { runtime_flags: flags = {} }: Said,
): readonly Problem[] =>
  Object.entries(flags).flatMap(([flag, value]): readonly Problem[] => {
    const field = `spec.config.runtime_flags[${flag}]`;
    const got = JSON.stringify(value);
    if (flag === gone)
      return [{ _tag: 'Note', object, field, note: 'no effect: this Envoy has no such flag' }];
    if (Object.hasOwn(limits, flag))
      return isLimit(value)
        ? []
        : [
            {
              ...{ _tag: 'InvalidField', object, field, got },
              expected: 'an integer from 1 to 4294967295',
            },
          ];
    const meant = nearest(flag, settableFlags);
    return [
      {
        ...{ _tag: 'InvalidField', object, field, got },
        expected: `no other flag than ${settableFlags.join(', ')}`,
        ...(meant !== undefined && { nearest: meant }),
      },
    ];
  });

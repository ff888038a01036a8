import type { ObjectRef } from '../ir/object-ref.ts';
import type { EffectUntilSupported, Problem } from './problem.ts';

/**
 * A problem for each of the fields that is set; `false`, an empty text and an empty list ask for
 * nothing and are no problem. `effect` says what such a field does nevertheless.
 */
export const notYetSupported = <S extends object>(
  object: ObjectRef,
  spec: S,
  fields: readonly (keyof S & string)[],
  effect?: EffectUntilSupported,
): readonly Problem[] =>
  fields
    .filter((field) => asksForSomething(spec[field]))
    .map((field) => ({
      _tag: 'NotYetSupported',
      object,
      field: `spec.${field}`,
      ...(effect === undefined ? {} : { effect }),
    }));

/** Whether the value of a field asks for anything. */
export const asksForSomething = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0
    : value !== undefined && value !== false && value !== '' && value !== null;

/** What is said of something that is not supported and nevertheless does something. */
export const untilSupported: Readonly<Record<EffectUntilSupported, string>> = {
  AllRefused:
    'until it can be used, all requests are answered 503, except those that are redirected',
  UncheckedRefused:
    'until it can be used, requests are answered 503, except those that are redirected and those of Mappings with bypass_auth',
  LabelledRefused:
    'until it can be used, requests of Mappings with labels of its domain are answered 503',
  GuardedRefused: 'requests are answered 503, because what should guard them cannot be used',
  Unguarded: 'it cannot be used; requests pass without it, because of the option serve-unguarded',
};

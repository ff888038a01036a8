import type { EffectUntilSupported } from './problem.ts';

/** Whether the value of a field asks for anything; `false`, an empty text and an empty list ask for nothing. */
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

import type { GuardEffect } from './problem.ts';

/** What is said of what should guard requests and cannot be used. */
export const guardEffects: Readonly<Record<GuardEffect, string>> = {
  AllRefused:
    'until it can be used, all requests are answered 503, except those that are redirected',
  UncheckedRefused:
    'until it can be used, requests are answered 503, except those that are redirected and those of Mappings with bypass_auth',
  LabelledRefused:
    'until it can be used, requests of Mappings with labels of its domain are answered 503',
  GuardedRefused: 'requests are answered 503, because what should guard them cannot be used',
  Unguarded: 'it cannot be used; requests pass without it, because of the option serve-unguarded',
  EdgeStack: 'no effect: it is for Ambassador Edge Stack; requests are NOT guarded by it',
  IngressNginx: 'no effect: it is for ingress-nginx; requests are NOT guarded by it',
  ModuleTls:
    'no effect, as in Emissary since version 2: clients are NOT asked for certificates because of it; a Host asks that has cert_required and ca_secret in its tls, or in the TLSContext that it names',
};

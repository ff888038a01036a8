/** Names a language in which users say what the gateway should do. */
export type LanguageName = 'emissary' | 'gateway';

/** The API group of each language. We know every kind of it: any other kind in it is a mistake. */
export const languageGroups: { readonly [L in LanguageName]: string } = {
  emissary: 'getambassador.io',
  gateway: 'gateway.networking.k8s.io',
};

/** Kinds of the Gateway API that there are and that we do not read yet. */
export const laterKinds: readonly string[] = ['TLSRoute', 'TCPRoute', 'UDPRoute'];

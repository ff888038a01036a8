import { emissaryGroup } from './emissary/group.ts';

/** Names a language in which users say what the gateway should do. */
export type LanguageName = 'emissary' | 'gateway';

/** The API group of each language. We know every kind of it, if only by its name: any other kind in it is a mistake. */
export const languageGroups: { readonly [L in LanguageName]: string } = {
  emissary: emissaryGroup,
  gateway: 'gateway.networking.k8s.io',
};

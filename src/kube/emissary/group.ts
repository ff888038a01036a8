/** The API group of Emissary's kinds. */
export const emissaryGroup = 'getambassador.io';

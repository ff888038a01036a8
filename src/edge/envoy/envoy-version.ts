/** The version of Envoy that is fetched, and that everything here is tested with. */
export const envoyVersion = '1.40.0';

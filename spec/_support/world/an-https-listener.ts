import { aListener, type Manifest } from './builders.ts';

/** A Listener for TLS, with a wish for its layout. */
export const anHttpsListener = (
  tlsLayout: string,
  key = 'default/https',
  port = 8443,
): Manifest => {
  const manifest = aListener(key, { port, protocol: 'HTTPS' });
  const annotations = { 'example.com/note': 'x', 'headgate.io/tls-layout': tlsLayout };
  return { ...manifest, metadata: { ...(manifest['metadata'] as object), annotations } };
};

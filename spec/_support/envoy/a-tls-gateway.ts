import { startBackend } from '../../../src/edge/example-backends.ts';
import { aCertificate } from '../world/certificates.ts';
import { host, listener, mapping, tlsSecret } from '../world/routing-manifests.ts';
import { aGateway, type Gateway } from './a-gateway.ts';

/**
 * A gateway whose Hosts `one.example` and `*.wide.example` have certificates of their own, in the
 * Secrets `one` and `wide`; a backend named `a` answers every request, and ends with it.
 */
export const aTlsGateway = async (tlsLayout = 'auto'): Promise<Gateway> => {
  const backend = await startBackend({ name: 'a', port: 0 });
  const one = await aCertificate('one.example');
  const wide = await aCertificate('*.wide.example');
  const gateway = await aGateway(
    ({ http, https }) =>
      listener('http', http) +
      listener('https', https, { protocol: 'HTTPS', tlsLayout }) +
      tlsSecret('one', one) +
      tlsSecret('wide', wide) +
      host('one.example', 'tlsSecret: { name: one }') +
      host('*.wide.example', 'tlsSecret: { name: wide }') +
      mapping('all', backend.port, 'prefix: /'),
  );
  return {
    ...gateway,
    stop: async () => {
      await Promise.all([gateway.stop(), backend.close()]);
    },
  };
};

import * as fc from 'fast-check';

import { certificateOf } from '../world/a-secret.ts';
import { anAuthority } from '../world/an-authority.ts';
import { aGuard, type Manifest } from '../world/builders.ts';

/** TLSContexts that Hosts and Mappings of a small world name; some cannot be read, or are for others. */
export const contexts: fc.Arbitrary<Manifest> = fc
  .tuple(
    fc.constantFrom('default/h1-context', 'default/ctx', 'shop/ctx'),
    fc.record(
      {
        secret: fc.constantFrom('cert', 'cert.shop', 'none'),
        ca_secret: fc.constantFrom('ca', 'ca.shop', 'cert'),
        crl_secret: fc.constantFrom('ca', 'ca.shop'),
        cert_required: fc.boolean(),
        min_tls_version: fc.constantFrom('v1.2', 'v1.3'),
        max_tls_version: fc.constant('v1.2'),
        secret_namespacing: fc.boolean(),
        alpn_protocols: fc.constant('h2'),
        hosts: fc.constantFrom(['a.example', '*.example'], ['b.a.example'], []),
        sni: fc.constant('sni.example'),
        ambassador_id: fc.constantFrom<unknown>(['default'], ['other'], 7),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  )
  .map(([key, spec]) => aGuard('TLSContext', key, spec));

const list = anAuthority('one').revoke();

/** Secrets with authorities, revocations, both or neither. */
export const authorities: fc.Arbitrary<Manifest> = fc
  .tuple(
    fc.constantFrom('default/ca', 'shop/ca'),
    fc.record(
      {
        'tls.crt': fc.constantFrom(certificateOf('one'), certificateOf('two')),
        'crl.pem': fc.constantFrom(list, 'no list'),
        cert_required: fc.constant('true'),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  )
  .map(([key, stringData]) => {
    const [namespace, name] = key.split('/');
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace },
      type: 'Opaque',
      stringData,
    };
  });

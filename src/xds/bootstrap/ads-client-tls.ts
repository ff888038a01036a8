import {
  SubjectAltNameMatcherSanType,
  TlsParametersTlsProtocol,
  type Messages,
  type SdsSecretConfig,
  type TransportSocket,
} from '../../../proto/envoy.ts';
import { any } from '../message/encode.ts';
import { messageToJson } from '../message/to-json.ts';

/** Where an Envoy finds the files that describe its certificate and whom it trusts. */
export interface AdsClientTls {
  /** The folder of the files of `sdsFiles`, as Envoy sees it. */
  readonly folder: string;
  /** The name to ask for. */
  readonly serverName: string;
}

/**
 * TLS from an Envoy to the control plane, with a certificate on both sides; only TLS 1.3, because
 * the control plane speaks nothing older.
 *
 * Envoy reads the files of a secret again only if the secret comes by SDS. So the bootstrap names
 * SDS files, and these name the files of the certificates.
 */
export const adsClientTls = ({ folder, serverName }: AdsClientTls): TransportSocket => ({
  name: 'envoy.transport_sockets.tls',
  typed_config: any('envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext', {
    common_tls_context: {
      tls_params: {
        tls_minimum_protocol_version: TlsParametersTlsProtocol.TLSv1_3,
        tls_maximum_protocol_version: TlsParametersTlsProtocol.TLSv1_3,
      },
      alpn_protocols: ['h2'],
      tls_certificate_sds_secret_configs: [secretIn(folder, 'identity')],
      validation_context_sds_secret_config: secretIn(folder, 'trust'),
    },
    ...(!isIpAddress(serverName) && { sni: serverName }),
  }),
});

/** The files of certificates, as Envoy sees them. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly privateKey: string;
  /** The CA certificates that may have signed the control plane's. */
  readonly ca: string;
}

/**
 * What is in the files `identity.json` and `trust.json`, by name.
 *
 * The control plane must have the name that is asked for: if only the CA were checked, the holder
 * of any client certificate could pose as it.
 */
export const sdsFiles = (
  { certificate, privateKey, ca }: CertificateFiles,
  serverName: string,
): Readonly<Record<'identity.json' | 'trust.json', unknown>> => ({
  'identity.json': sdsFile({
    name: 'identity',
    tls_certificate: {
      certificate_chain: { filename: certificate },
      private_key: { filename: privateKey },
      watched_directory: { path: folderOf(certificate) },
    },
  }),
  'trust.json': sdsFile({
    name: 'trust',
    validation_context: {
      trusted_ca: { filename: ca },
      watched_directory: { path: folderOf(ca) },
      match_typed_subject_alt_names: [
        {
          san_type: isIpAddress(serverName)
            ? SubjectAltNameMatcherSanType.IP_ADDRESS
            : SubjectAltNameMatcherSanType.DNS,
          matcher: { exact: serverName },
        },
      ],
    },
  }),
});

/** Whether this is an IP address and no name; a name never ends in a number. */
export const isIpAddress = (host: string): boolean => host.includes(':') || /^[0-9.]+$/.test(host);

const secretName = 'envoy.extensions.transport_sockets.tls.v3.Secret';

const sdsFile = (secret: Messages[typeof secretName]): unknown => ({
  resources: [
    { '@type': `type.googleapis.com/${secretName}`, ...messageToJson(secretName, secret) },
  ],
});

const secretIn = (folder: string, name: string): SdsSecretConfig => ({
  name,
  sds_config: { path_config_source: { path: `${folder}/${name}.json` } },
});

const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 1));

import { definedOnly } from '../../../collection/defined-only.ts';
import { joinEach, type Read } from '../../../collection/operator/join-each.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { SecretName } from '../../../ir/secret.ts';
import type { ClientVerification } from '../../../ir/tls-handshake.ts';
import type { ClientValidation } from '../../../kube/gateway/gateway.ts';
import { gatewayGroup } from '../../../kube/gateway/references.ts';
import type { Problem } from '../../../problem/problem.ts';
import { bundleName, trustOf, type Trust, type TrustTables } from '../authority/trust.ts';
import type { OurGateway, Refusal } from '../class/our-gateways.ts';
import { told } from '../report/told.ts';
import { findCertificate, type CertificateTables } from './certificate-reference.ts';

/** What a Gateway asks of certificates, beside those of its listeners. */
export interface GatewaySecurity {
  /** Whose certificates are accepted from clients, unless a port says otherwise. */
  readonly clients?: ClientTrust;
  /** The same for single ports; `none` where a port asks for no certificate. */
  readonly perPort: Readonly<Record<number, ClientTrust | 'none'>>;
  /** The certificate that backends are shown. */
  readonly backend?: SecretName;
  /** Why it has no such certificate although it asks for one. */
  readonly backendFault?: Refusal;
  readonly problems: readonly Problem[];
}

/** Which clients are let in by their certificates. */
interface ClientTrust {
  /** The ConfigMaps whose authorities are trusted, sorted. */
  readonly configMaps: readonly ObjectKey[];
  /** Absent: there is no authority to trust, so nobody is let in. */
  readonly clients?: ClientVerification;
  readonly unresolved?: Refusal;
}

/** What the security of a Gateway is looked up in. */
export interface SecurityTables extends TrustTables, CertificateTables {}

/** Finds the certificates and authorities that Gateways ask for. */
export const securityEach = joinEach(
  ({ ref, gateway }: OurGateway, _: ObjectKey, read: Read<SecurityTables>): GatewaySecurity => {
    const { frontend, backend } = gateway.spec.tls ?? {};
    const from = {
      group: gatewayGroup,
      kind: 'Gateway',
      namespace: gateway.metadata.namespace,
    };
    const problems: Problem[] = [];
    const trusted = (field: string, validation: ClientValidation | undefined) => {
      if (validation === undefined) return undefined;
      const at = `${field}.validation.caCertificateRefs`;
      const trust = trustOf(ref, from, at, validation.caCertificateRefs, read);
      problems.push(...trust.faults.map(({ problem }) => problem));
      return clientTrust(trust, validation.mode);
    };
    const clients = trusted('spec.tls.frontend.default', frontend?.default.validation);
    const perPort = (frontend?.perPort ?? []).map(
      ({ port, tls }, at) =>
        [
          port,
          trusted(`spec.tls.frontend.perPort[${at}].tls`, tls.validation) ?? ('none' as const),
        ] as const,
    );
    const certificate =
      backend?.clientCertificateRef === undefined
        ? undefined
        : findCertificate(
            ref,
            from,
            'spec.tls.backend.clientCertificateRef',
            backend.clientCertificateRef,
            read,
          );
    const isFound = certificate?._tag === 'Found';
    const problem = certificate === undefined || isFound ? undefined : certificate.problem;
    if (problem !== undefined) problems.push(problem);
    return definedOnly<GatewaySecurity>({
      clients,
      perPort: Object.fromEntries(perPort),
      backend: isFound ? certificate.name : undefined,
      backendFault:
        problem === undefined
          ? undefined
          : {
              reason:
                certificate?._tag === 'NotPermitted'
                  ? 'RefNotPermitted'
                  : 'InvalidClientCertificateRef',
              message: told([problem]),
            },
      problems,
    });
  },
);

/** What is asked of clients on a port; absent: nothing. */
export const clientsOn = (
  { clients, perPort }: GatewaySecurity,
  port: number,
): ClientTrust | undefined => {
  const own = perPort[port];
  return own === 'none' ? undefined : (own ?? clients);
};

const clientTrust = (
  { configMaps, faults: [fault] }: Trust,
  mode: ClientValidation['mode'],
): ClientTrust =>
  definedOnly<ClientTrust>({
    configMaps,
    clients:
      configMaps.length === 0
        ? undefined
        : {
            trust: bundleName(configMaps),
            names: [],
            admits: mode === 'AllowInsecureFallback' ? 'Anybody' : 'Verified',
          },
    unresolved:
      fault === undefined
        ? undefined
        : { reason: reasons[fault.cause], message: told([fault.problem]) },
  });

const reasons = {
  Kind: 'InvalidCACertificateKind',
  Reference: 'InvalidCACertificateRef',
  NotPermitted: 'RefNotPermitted',
};

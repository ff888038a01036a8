import type { Read } from '../../../collection/operator/join-each.ts';
import { objectKey, objectRef, type ObjectKey } from '../../../ir/object-ref.ts';
import type { SubjectAltName } from '../../../ir/trust-bundle.ts';
import type { BackendTLSPolicy, PolicyTarget } from '../../../kube/gateway/backend-tls-policy.ts';
import { gatewayGroup } from '../../../kube/gateway/references.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { ReportedCondition } from '../../contribution/report.ts';
import type { Claimant } from '../../contribution/seniority.ts';
import { systemTrust, type SystemTrust } from '../../contribution/system-trust.ts';
import { bundleName, trustOf, type TrustTables } from '../authority/trust.ts';
import type { Refusal } from '../class/our-gateways.ts';
import { fails, holds } from '../report/condition.ts';
import { told } from '../report/told.ts';
import type { BackendTls } from './service-policies.ts';

/** A BackendTLSPolicy with all that follows from it alone and from the authorities it refers to. */
export interface CompiledPolicy extends Claimant {
  readonly targets: readonly Target[];
  readonly tls: BackendTls;
  /** The ConfigMaps whose authorities are trusted, sorted. */
  readonly configMaps: readonly ObjectKey[];
  /** Why it cannot be followed. */
  readonly refusal?: Refusal;
  /** Absent where it could not be read. */
  readonly resolvedRefs?: ReportedCondition;
  readonly problems: readonly Problem[];
}

/** A Service, or a port of it by its name, to which TLS is spoken. */
export interface Target {
  readonly service: ObjectKey;
  readonly port?: string;
  readonly field: string;
}

/** Compiles a policy. One that cannot be followed stays in force: nothing is sent to its Services. */
export const compilePolicy =
  (options: SystemTrust) =>
  (policy: BackendTLSPolicy, key: ObjectKey, read: Read<TrustTables>): CompiledPolicy => {
    const { metadata, spec } = policy;
    const ref = objectRef('BackendTLSPolicy', key);
    const { namespace, creationTimestamp: created } = metadata;
    const { validation, targetRefs } = spec;
    const { caCertificateRefs = [], subjectAltNames = [], hostname } = validation;
    const trust = trustOf(
      ref,
      { group: gatewayGroup, kind: 'BackendTLSPolicy', namespace },
      `${validationField}.caCertificateRefs`,
      caCertificateRefs,
      read,
    );
    const invalid = (field: string, expected: string, got: string): Problem => ({
      _tag: 'InvalidField',
      object: ref,
      field,
      expected,
      got,
    });
    const own = [
      ...authorityFaults(options, validation, invalid),
      ...nameFaults(validation, invalid),
    ];
    const isSystem = own.length === 0 && caCertificateRefs.length === 0;
    const refusal = refusalOf(own, isSystem, trust.configMaps);
    const [fault] = trust.faults;
    return {
      ref,
      ...(created !== undefined && { created }),
      targets: targetsIn(namespace, targetRefs),
      tls:
        refusal === undefined
          ? {
              _tag: 'Verified',
              sni: hostname,
              trust: isSystem ? systemTrust : bundleName(trust.configMaps),
              names: subjectAltNames.length === 0 ? [dns(hostname)] : subjectAltNames.map(altName),
            }
          : { _tag: 'Invalid' },
      configMaps: refusal === undefined ? trust.configMaps : [],
      ...(refusal !== undefined && { refusal }),
      resolvedRefs:
        fault === undefined
          ? holds('ResolvedRefs', 'All that it refers to can be used')
          : fails('ResolvedRefs', {
              reason: fault.cause === 'Kind' ? 'InvalidKind' : 'InvalidCACertificateRef',
              message: told(trust.faults.map(({ problem }) => problem)),
            }),
      problems: [
        ...own,
        ...trust.faults.map(({ problem }) => problem),
        ...targetRefs.flatMap(({ group, kind }, i) =>
          group === '' && kind === 'Service'
            ? []
            : [invalid(`spec.targetRefs[${i}].kind`, 'a Service of the core group', kind)],
        ),
        ...Object.keys(spec.options ?? {}).map((name): Problem => ({
          _tag: 'Note',
          object: ref,
          field: 'spec.options',
          note: `no option ${JSON.stringify(name)} is known; it has no effect`,
        })),
      ],
    };
  };

/** The Services, and ports of them, that targets in a namespace name. */
export const targetsIn = (namespace: string, targets: readonly PolicyTarget[]): readonly Target[] =>
  targets.flatMap(({ group, kind, name, sectionName }, i) =>
    group === '' && kind === 'Service'
      ? [
          {
            service: objectKey(namespace, name),
            field: `spec.targetRefs[${i}]`,
            ...(sectionName !== undefined && { port: sectionName }),
          },
        ]
      : [],
  );

const validationField = 'spec.validation';

type Validation = BackendTLSPolicy['spec']['validation'];

type Invalid = (field: string, expected: string, got: string) => Problem;

/** Authorities are those of ConfigMaps, or those of the system where an operator says which these are. */
const authorityFaults = (
  { systemAuthorities }: SystemTrust,
  { caCertificateRefs = [], wellKnownCACertificates = '' }: Validation,
  invalid: Invalid,
): readonly Problem[] => {
  const field = `${validationField}.wellKnownCACertificates`;
  if (wellKnownCACertificates === '')
    return caCertificateRefs.length === 0
      ? [invalid(`${validationField}.caCertificateRefs`, 'a ConfigMap with authorities', 'none')]
      : [];
  if (wellKnownCACertificates !== 'System')
    return [invalid(field, 'System', wellKnownCACertificates)];
  if (caCertificateRefs.length > 0)
    return [invalid(field, 'none beside caCertificateRefs', wellKnownCACertificates)];
  return systemAuthorities === undefined
    ? [invalid(field, 'caCertificateRefs, because --system-authorities is not set', 'System')]
    : [];
};

const nameFaults = ({ subjectAltNames = [] }: Validation, invalid: Invalid): readonly Problem[] =>
  subjectAltNames.flatMap(({ type, hostname, uri }, i) => {
    const field = `${validationField}.subjectAltNames[${i}]`;
    if (type !== 'Hostname' && type !== 'URI')
      return [invalid(`${field}.type`, 'Hostname or URI', type)];
    const [name, other, place] =
      type === 'Hostname' ? [hostname, uri, 'uri'] : [uri, hostname, 'hostname'];
    if (name === undefined) return [invalid(field, `a name for the type ${type}`, 'none')];
    return other === undefined
      ? []
      : [invalid(`${field}.${place}`, `nothing beside ${type}`, JSON.stringify(other))];
  });

const altName = ({ type, hostname = '', uri = '' }: AltName): SubjectAltName =>
  type === 'URI' ? { _tag: 'Uri', uri } : dns(hostname);

type AltName = NonNullable<Validation['subjectAltNames']>[number];

const dns = (name: string): SubjectAltName => ({ _tag: 'Dns', name });

const refusalOf = (
  own: readonly Problem[],
  isSystem: boolean,
  configMaps: readonly ObjectKey[],
): Refusal | undefined => {
  if (own.length > 0) return { reason: 'Invalid', message: told(own) };
  return isSystem || configMaps.length > 0
    ? undefined
    : {
        reason: 'NoValidCACertificate',
        message: 'No reference leads to an authority; nothing is sent to the Service',
      };
};

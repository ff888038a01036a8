import * as t from 'io-ts';

import { CelRuled } from '../src/kube/codec/cel-rule.ts';
import { Defaulted } from '../src/kube/codec/defaulted.ts';
import { Dictionary } from '../src/kube/codec/dictionary.ts';
import { List } from '../src/kube/codec/list.ts';
import { moduleKeys, type KeyUse } from '../src/kube/emissary/module/module-keys.ts';
import { kinds, kindTable, type Kind } from '../src/kube/kind.ts';
import { whyInert } from '../src/translate/emissary/mapping/inert-notes.ts';
import { settableFlags } from '../src/translate/emissary/module/runtime-flags.ts';
import { membersOf } from './members.ts';

/** A field as the page shows it. */
export interface Field {
  readonly path: string;
  readonly value: string;
  readonly required: boolean;
}

/** What the page says of a key of a Module. */
const noteOnKey = (use: KeyUse): string => {
  if ('inert' in use) return `no effect, as in Emissary 2 and later: ${use.inert}`;
  if ('refused' in use) return `a problem: expected ${use.refused}`;
  return '';
};

/** Files are not read, so settings that name some close what they are for. */
const files = (at: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ['cert_chain_file', 'private_key_file', 'cacert_chain_file'].map((field) => [
      `${at}.${field}`,
      'refused: a Secret is needed; what these settings are for is closed',
    ]),
  );

const backendNote = 'refused: nothing is sent to objects of other kinds';

/** Fields that are read, checked and reported as not supported yet, and under which condition. */
export const notYet: Readonly<Partial<Record<Kind, Readonly<Record<string, string>>>>> = {
  Listener: {
    'spec.protocol': '`UDP` is not supported yet',
    'spec.protocolStack': 'stacks over `UDP` are not supported yet',
    'spec.hostBinding.namespace.from': '`SELECTOR` is refused, as in Emissary',
  },
  Host: {
    'spec.acmeProvider': 'no effect, which is said unless the `authority` is `none`',
    'spec.previewUrl': 'no effect, which is said',
    'spec.requestPolicy.insecure.additionalPort': 'no effect, which is said',
    ...files('spec.tls'),
    'spec.tls.redirect_cleartext_from': 'no effect, which is said',
    'spec.tls.sni': 'no effect, which is said: it is for services',
  },
  TLSContext: {
    ...files('spec'),
    'spec.redirect_cleartext_from': 'no effect, which is said',
  },
  Mapping: {
    'spec.error_response_overrides[].body.text_format_source': 'not read, which is said',
    ...Object.fromEntries(Object.entries(whyInert).map(([field, why]) => [`spec.${field}`, why])),
    ...Object.fromEntries(
      [
        'cors.v2CommaSeparatedOrigins',
        'add_request_headers.*.v2Representation',
        'add_response_headers.*.v2Representation',
        'health_checks[].health_check.http.add_request_headers.*.v2Representation',
        'v2BoolHeaders',
        'v2BoolQueryParameters',
        'v2ExplicitTLS',
      ].map((field) => [`spec.${field}`, 'no effect (written by conversions of old versions)']),
    ),
  },
  Module: {
    ...Object.fromEntries(
      Object.entries<KeyUse>(moduleKeys).map(([key, use]) => [
        `spec.config.${key}`,
        noteOnKey(use),
      ]),
    ),
    'spec.config.runtime_flags': `of these keys: ${settableFlags.map((flag) => `\`${flag}\``).join(', ')}; any other is a problem`,
  },
  Ingress: {
    'spec.ingressClassName':
      'an IngressClass of ours, or `ambassador` where there is none of this name',
    'spec.defaultBackend': 'a Mapping for `/` of every host name',
    'spec.defaultBackend.resource': backendNote,
    'spec.rules[].host': '`*.` stands for exactly one label; absent: every host name',
    'spec.rules[].http.paths[].path': 'absent: `/`; as that of a Mapping it becomes `/`',
    'spec.rules[].http.paths[].pathType':
      '`Exact` is tried first; `Prefix` is by elements, `ImplementationSpecific` by characters',
    'spec.rules[].http.paths[].backend':
      'a cluster, which it shares with a Mapping that has `service: name:port`',
    'spec.rules[].http.paths[].backend.resource': backendNote,
    'spec.tls': 'each: a Host for each of its hosts, whose cleartext is routed, too',
    'spec.tls[].hosts': 'server names; absent: all',
    'spec.tls[].secretName': 'the certificate; without it no effect, which is said',
  },
  Service: {
    'spec.clusterIP': 'no effect: the service resolver uses the DNS name',
    'spec.externalName': 'no effect: the service resolver uses the DNS name',
  },
};

/** The reference page of every field that is read, as Markdown. */
export const fieldsPage = (): string =>
  [
    '# Fields',
    '',
    'Every field of every kind that is read, with the values it may have. `[]` stands for each entry of',
    'a list, `*` for each key of a map. In kinds of `getambassador.io` a field that is not listed here',
    'is a problem; in kinds of Kubernetes it is left aside, but in an Ingress of the class `ambassador` it is a problem, too.',
    'Of `metadata` the name, the namespace',
    '(`default` where it is absent) and the labels are read; of annotations only these: `getambassador.io/config` of',
    'a Service or Ingress, which holds objects of Emissary (decision',
    '[49](../decisions/0049-objects-in-annotations.md)), those that say whose an Ingress or IngressClass is',
    '([Ingresses](../ingress.md)), `headgate.io/tls-layout`',
    'of a Listener, which is `auto`, `chains` or `on-demand` (decision',
    '[17](../decisions/0017-certificates-on-demand.md)), `headgate.io/advertised-port` of a Listener for HTTP/3, which is a',
    'port or `none` ([HTTP/3](../http3.md)), and `headgate.io/mapping-namespaces` of a Host, a',
    'list of namespaces or `*` (decision [30](../decisions/0030-namespaces-can-be-isolated.md)). A Secret of',
    'type `kubernetes.io/tls` or `Opaque` is read for `data` or `stringData`: `tls.crt` and `tls.key`; without a key',
    'the authorities in `tls.crt`, else in `ca.crt`; the revocations in `crl.pem`; and whether `cert_required` is `true`. One of',
    'type `istio.io/key-and-cert` is read for `cert-chain.pem`, `key.pem` and `root-cert.pem`.',
    '',
    'Objects of v1 and v2 are read as well: decision',
    '[10](../decisions/0010-old-versions-without-a-webhook.md) says how. What may not be written because',
    'fields contradict each other is in the definitions under `k8s/crds`.',
    '',
    'The kinds of `gateway.networking.k8s.io` are not listed: their definitions are those of the Gateway API',
    'itself, whose reference describes each field. Every field of its standard and of its experimental channel',
    'is read, or reported as one that is not supported yet.',
    '',
    'Objects of these kinds are read and checked, and have no effect, which each says:',
    `${kinds.filter((kind) => !kindTable[kind].isTranslated).join(', ')}. Those of Ambassador Edge Stack (Filter,`,
    'FilterPolicy, RateLimit, Project, …) have none either, as in Emissary; what should guard requests says in the problem',
    '`GuardUnusable` that it does not.',
    '',
    ...kinds
      .filter((kind) => kindTable[kind].language === 'emissary' || usedByEmissary.has(kind))
      .flatMap((kind) =>
        section(kind, kindTable[kind].apiVersion, fieldsOf(kindTable[kind].codec)),
      ),
  ].join('\n');

/** Kinds of Kubernetes itself that Emissary reads, or that its kinds refer to, and of which fields are read as they are. */
const usedByEmissary: ReadonlySet<Kind> = new Set([
  'Ingress',
  'IngressClass',
  'Service',
  'EndpointSlice',
]);

const section = (kind: string, apiVersion: string, fields: readonly Field[]): readonly string[] => [
  `## ${kind} (\`${apiVersion}\`)`,
  '',
  '| field | value | required | note |',
  '|---|---|---|---|',
  ...fields
    .filter(({ path }) => path !== 'spec' && !path.startsWith('metadata'))
    .map(({ path, value, required }) => {
      const note = Object.entries(notYet).find(([name]) => name === kind)?.[1]?.[path] ?? '';
      return `| \`${path}\` | ${value.replaceAll('|', '\\|')} | ${required ? 'yes' : ''} | ${note} |`;
    }),
  '',
];

/** Every field a codec names, from the outside in. */
export const fieldsOf = (codec: t.Mixed, path = ''): readonly Field[] => {
  const inner = unwrapped(codec);
  if (inner instanceof Dictionary) return fieldsOf(inner.value, `${path}.*`);
  if (inner instanceof t.ReadonlyArrayType) return fieldsOf(inner.type, `${path}[]`);
  return membersOf(inner).flatMap(([name, member, required]) => {
    const here = path === '' ? name : `${path}.${name}`;
    const isRequired = required && !member.is(undefined) && !isDefaulted(member);
    return [
      { path: here, value: valueOf(member), required: isRequired },
      ...fieldsOf(member, here),
    ];
  });
};

/** Whether the codec reads a value where nothing is written. */
const isDefaulted = (codec: t.Mixed): boolean => codec.decode(undefined)._tag === 'Right';

const unwrapped = (codec: t.Mixed): t.Mixed => {
  if (codec instanceof Defaulted) return unwrapped(codec.written);
  return codec instanceof t.ReadonlyType ||
    codec instanceof t.ExactType ||
    codec instanceof t.RefinementType
    ? unwrapped(codec.type)
    : codec;
};

const valueOf = (codec: t.Mixed): string => {
  if (codec instanceof Defaulted) return valueOf(codec.written);
  if (codec instanceof List) return `${codec.name}, each ${valueOf(codec.type.type)}`;
  if (codec instanceof CelRuled) return codec.name;
  const inner = unwrapped(codec);
  if (inner instanceof Dictionary) return `a map, each ${valueOf(inner.value)}`;
  return words.get(inner.name) ?? inner.name;
};

const words: ReadonlyMap<string, string> = new Map([
  ['string', 'a string'],
  ['boolean', 'true or false'],
  ['unknown', 'anything'],
]);

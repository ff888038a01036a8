import { isHostname, normalHostname, type Hostname } from '../../../ir/hostname.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import { isSelective } from '../../../ir/selector.ts';
import type { Host } from '../../../kube/emissary/host.ts';
import { asksForSomething } from '../../../problem/asks-for-something.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { Faults } from '../mapping/mapping-faults.ts';

type Spec = Host['spec'];

/** Looks for what is wrong with a Host in itself. */
export const hostFaults = (object: ObjectRef, spec: Spec): Faults => ({
  fatal: hostnameFaults(object, spec),
  minor: [
    ...inertNotes(object, spec),
    ...(isSelective(spec.mappingSelector) && isSelective(spec.selector)
      ? [
          {
            _tag: 'InvalidField',
            object,
            field: 'spec.selector',
            expected: 'mappingSelector or selector, of which mappingSelector counts',
            got: 'both',
          } as const,
        ]
      : []),
    ...(spec.tlsSecret !== undefined && spec.tlsSecret.name === undefined
      ? [
          {
            _tag: 'InvalidField',
            object,
            field: 'spec.tlsSecret.name',
            expected: 'the name of a Secret; without it there is no certificate',
            got: 'nothing',
          } as const,
        ]
      : []),
    ...(spec.tlsSecret !== undefined && !isServerName(normalHostname(spec.hostname ?? '*'))
      ? [
          {
            _tag: 'InvalidField',
            object,
            field: 'spec.hostname',
            expected: 'a name that TLS clients can ask for: exact, "*.suffix" or "*"',
            got: `${JSON.stringify(spec.hostname)}, which is served in cleartext only`,
          } as const,
        ]
      : []),
  ],
});

/** Whether Envoy can choose a filter chain by a hostname: its `*` stands for whole labels only. */
export const isServerName = (name: Hostname): boolean =>
  name === '*' || !name.replace(/^\*\./, '').includes('*');

const hostnameFaults = (object: ObjectRef, { hostname = '*' }: Spec): readonly Problem[] =>
  isHostname(normalHostname(hostname))
    ? []
    : [
        {
          _tag: 'InvalidField',
          object,
          field: 'spec.hostname',
          expected: 'a host name with at most one "*", at one end',
          got: JSON.stringify(hostname),
        },
      ];

/** A note for each field that has an effect in Ambassador Edge Stack alone; Emissary takes it, too. */
const inertNotes = (object: ObjectRef, spec: Spec): readonly Problem[] => {
  const { previewUrl, acmeProvider, requestPolicy } = spec;
  const issues = acmeProvider !== undefined && acmeProvider.authority?.toLowerCase() !== 'none';
  const { additionalPort = 0 } = requestPolicy?.insecure ?? {};
  return [
    ...(asksForSomething(previewUrl) ? [edgeStackAlone(object, 'previewUrl')] : []),
    ...(issues
      ? [edgeStackAlone(object, 'acmeProvider.authority', ', and no certificate is issued')]
      : []),
    ...(additionalPort > 0
      ? [edgeStackAlone(object, 'requestPolicy.insecure.additionalPort', ': Listeners open ports')]
      : []),
  ];
};

const edgeStackAlone = (object: ObjectRef, field: string, more = ''): Problem => ({
  _tag: 'Note',
  object,
  field: `spec.${field}`,
  note: `no effect, as in Emissary${more}`,
});

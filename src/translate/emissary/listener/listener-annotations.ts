import { definedOnly } from '../../../collection/defined-only.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import { isPort, type Port } from '../../../ir/port.ts';
import { advertisedPortAnnotation, tlsLayoutAnnotation } from '../../../kube/core/object-meta.ts';
import type { Listener } from '../../../kube/emissary/listener.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { TlsLayout } from '../../contribution/tls-layout.ts';

/** What the annotations of a Listener say. */
interface ListenerAnnotations {
  readonly tlsLayout?: TlsLayout;
  /** Of one for HTTP/3: where clients get to it; absent: they are not told. */
  readonly advertisedPort?: Port;
  readonly problems: readonly Problem[];
}

/**
 * Reads the annotations of a Listener. Whoever says nothing has HTTP/3 told of on 443, as Emissary always does: that
 * is the port of nearly every Service in front. What cannot be read is told to nobody.
 */
export const annotationsOf = (
  object: ObjectRef,
  isQuic: boolean,
  annotations: Listener['metadata']['annotations'] = {},
): ListenerAnnotations => {
  const layout = annotations[tlsLayoutAnnotation] ?? 'auto';
  const written = annotations[advertisedPortAnnotation];
  const port = written ?? '443';
  const advertised = /^[1-9][0-9]{0,4}$/.test(port) ? Number(port) : undefined;
  const isAPort = advertised !== undefined && isPort(advertised);
  return definedOnly<ListenerAnnotations>({
    tlsLayout: forcedLayouts.find((one) => one === layout),
    advertisedPort: isAPort ? advertised : undefined,
    problems: [
      ...(['auto', ...forcedLayouts].includes(layout)
        ? []
        : [invalid(object, tlsLayoutAnnotation, 'one of "auto", "chains", "on-demand"', layout)]),
      ...(isAPort || port === 'none'
        ? []
        : [invalid(object, advertisedPortAnnotation, 'a port, or "none"', port)]),
      ...(written === undefined || isQuic ? [] : [unused(object)]),
    ],
  });
};

const forcedLayouts: readonly TlsLayout[] = ['chains', 'on-demand'];

const invalid = (
  object: ObjectRef,
  annotation: string,
  expected: string,
  got: string,
): Problem => ({
  _tag: 'InvalidField',
  object,
  field: `metadata.annotations["${annotation}"]`,
  expected,
  got: JSON.stringify(got),
});

const unused = (object: ObjectRef): Problem => ({
  _tag: 'Note',
  object,
  field: `metadata.annotations["${advertisedPortAnnotation}"]`,
  note: 'no effect: it is for a Listener with protocolStack [TLS, HTTP, UDP]',
});

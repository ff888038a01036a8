import { objectRef, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import { controllerName } from '../../../kube/gateway/controller-name.ts';
import {
  isSupportedRelease,
  showRelease,
  supportedReleases,
  type Release,
} from '../../../kube/gateway/release.ts';
import type { GatewayClass } from '../../../kube/gateway/gateway-class.ts';
import type { Problem } from '../../../problem/problem.ts';

/** A GatewayClass that names our controller. */
export interface OurClass {
  readonly ref: ObjectRef;
  readonly isAccepted: boolean;
  /** The release of the definitions of its kind; absent where there are none, as in a folder. */
  readonly release?: Release;
  readonly problems: readonly Problem[];
}

/** Reads a GatewayClass; absent if it is another controller's. No kind of parameters is supported. */
export const compileClass = (
  { spec }: GatewayClass,
  key: ObjectKey,
  release: Release | undefined,
): OurClass | undefined => {
  if (spec.controllerName !== controllerName) return undefined;
  const ref = objectRef('GatewayClass', key);
  const isAccepted = spec.parametersRef === undefined;
  return {
    ref,
    isAccepted,
    ...(release === undefined ? {} : { release }),
    problems: [
      ...(isAccepted ? [] : [notYet(ref, 'spec.parametersRef')]),
      ...(release === undefined || isSupportedRelease(release) ? [] : [noteOn(ref, release)]),
    ],
  };
};

/** A field that nothing follows. */
export const notYet = (object: ObjectRef, field: string): Problem => ({
  _tag: 'NotYetSupported',
  object,
  field,
});

const noteOn = (object: ObjectRef, release: Release): Problem => ({
  _tag: 'Note',
  object,
  field: '',
  note: aboutRelease(release),
});

/** What is installed, and what is supported. */
export const aboutRelease = (release: Release): string =>
  `the Gateway API that is installed is ${showRelease(release)}; ` +
  `supported are ${supportedReleases.first} to ${supportedReleases.last}`;

import { definedOnly } from '../../../collection/defined-only.ts';
import { objectRef, type ObjectKey } from '../../../ir/object-ref.ts';
import {
  authSpecOf,
  type AuthService,
  type AuthSpec,
} from '../../../kube/emissary/auth-service.ts';
import { authModule, type Module } from '../../../kube/emissary/module/module.ts';
import type { Claimant } from '../../contribution/seniority.ts';

/** An object that asks for requests to be checked. */
export interface AuthSource extends Claimant {
  /** Where its fields are: `spec`, or `spec.config` of a Module. */
  readonly at: string;
  /** Absent: it cannot be read. */
  readonly spec?: AuthSpec;
}

/** An AuthService as such an object. */
export const authServiceSource = ({ metadata, spec }: AuthService, key: ObjectKey): AuthSource =>
  definedOnly<AuthSource>({
    ref: objectRef('AuthService', key),
    created: metadata.creationTimestamp,
    at: 'spec',
    spec,
  });

/** The Module that is an AuthService in the manner of old versions; no other one is. */
export const authModuleSource = (
  { metadata, spec }: Module,
  key: ObjectKey,
): AuthSource | undefined => {
  if (metadata.name !== authModule) return undefined;
  return definedOnly<AuthSource>({
    ref: objectRef('Module', key),
    created: metadata.creationTimestamp,
    at: 'spec.config',
    spec: authSpecOf(spec.config),
  });
};

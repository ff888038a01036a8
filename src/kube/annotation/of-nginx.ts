import type { ObjectRef } from '../../ir/object-ref.ts';
import type { Problem } from '../../problem/problem.ts';
import { recordOf } from '../codec/record-of.ts';

/**
 * What is told of annotations that ingress-nginx reads on an Ingress, which nobody reads here: of those that keep
 * requests out there, that they do not.
 */
export const ofNginx = (object: ObjectRef, metadata: unknown): readonly Problem[] =>
  Object.keys(recordOf(recordOf(metadata)['annotations']))
    .filter((name) => name.startsWith(prefix))
    .sort()
    .map((name): Problem => {
      const field = `metadata.annotations[${name}]`;
      return guards.test(name.slice(prefix.length))
        ? { _tag: 'GuardUnusable', object, field, effect: 'IngressNginx' }
        : { _tag: 'Note', object, field, note: 'no effect: it is for ingress-nginx' };
    });

const prefix = 'nginx.ingress.kubernetes.io/';

/** Credentials, addresses, limits, firewalls. */
const guards =
  /^(?:auth-|enable-global-auth|satisfy|(?:whitelist|allowlist|denylist)-source-range|limit-|enable-modsecurity|modsecurity-|global-rate-limit)/;

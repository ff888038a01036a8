import type { ObjectRef } from '../ir/object-ref.ts';
import type { Budget } from './budget.ts';

/** A problem of one object: which one, and which of its fields (`spec.rules[0].port`, or empty). */
interface AtField {
  readonly object: ObjectRef;
  readonly field: string;
  /** The objects at fault, where it follows from problems of others. */
  readonly causes?: readonly Cause[];
}

/** An object from whose problem others follow. */
export interface Cause {
  readonly object: ObjectRef;
  /** What is wrong with it, to be read after its name: `is not open: port 8080 is in use`. */
  readonly reason: string;
}

/**
 * Something wrong with the user's configuration.
 *
 * A problem is a value, not an exception: it names the object at fault and the field, travels beside
 * the result that could still be built, and ends in a status condition or a log line. Bugs throw.
 */
export type Problem =
  /** A file that could not be read or parsed; the objects it last held keep serving. */
  | {
      readonly _tag: 'UnreadableFile';
      readonly file: string;
      readonly line?: number;
      readonly column?: number;
      readonly reason: string;
    }
  /** A kind of objects that the API server does not have or does not show; `kind` as `mappings.getambassador.io`. */
  | { readonly _tag: 'UnreadableKind'; readonly kind: string; readonly reason: string }
  /**
   * A field whose value its kind does not allow. The object's last good version keeps serving. `nearest` is the
   * value that may be meant.
   */
  | (AtField & {
      readonly _tag: 'InvalidField';
      readonly expected: string;
      readonly got: string;
      readonly nearest?: string;
    })
  /** A field that its kind does not have; `nearest` is the one that may be meant. */
  | (AtField & { readonly _tag: 'UnknownField'; readonly nearest?: string })
  /** A field or kind that Headgate knows and does not translate yet: it does nothing. */
  | (AtField & { readonly _tag: 'NotYetSupported' })
  /** What should guard requests cannot be used, and what becomes of these. */
  | (AtField & { readonly _tag: 'GuardUnusable'; readonly effect: GuardEffect })
  /** A kind of our group in a version that is not read. */
  | (AtField & {
      readonly _tag: 'UnsupportedVersion';
      readonly got: string;
      readonly expected: string;
    })
  /** Two manifests define the same object; the first one counts. */
  | (AtField & { readonly _tag: 'DuplicateObject'; readonly other: string })
  /** A reference to an object that does not exist; `nearest` is the one that may be meant. */
  | (AtField & {
      readonly _tag: 'NotFound';
      readonly target: ObjectRef;
      readonly nearest?: ObjectRef;
    })
  /** A Service that does not have the port; `ports` are those that it has. */
  | (AtField & {
      readonly _tag: 'PortNotFound';
      readonly target: ObjectRef;
      readonly port: string;
      readonly ports?: readonly (string | number)[];
    })
  /**
   * A reference to an object of another namespace that cannot be used. Why is not said: who refers to it
   * need not be allowed to know what is there.
   */
  | (AtField & { readonly _tag: 'RefNotUsable'; readonly target: ObjectRef })
  /** A certificate, private key or authority that cannot be used, or cannot be read. */
  | (AtField & { readonly _tag: 'InvalidCertificate'; readonly reason: string })
  /** A certificate that is served as it is, though clients refuse it: its names or its dates do not fit. */
  | (AtField & { readonly _tag: 'UnfitCertificate'; readonly reason: string })
  /** What somebody else is asked is not answered as it should; what was answered last counts. */
  | (AtField & { readonly _tag: 'Unanswered'; readonly reason: string })
  /** Two objects claim the same thing, or disagree where they must agree; `other` wins. */
  | (AtField & { readonly _tag: 'Conflict'; readonly other: ObjectRef; readonly reason: string })
  /** Valid in itself, but without effect: nothing it could attach to. */
  | (AtField & { readonly _tag: 'NotAttached'; readonly reason: string })
  /** In force, but not everywhere: in some places its requests fail. */
  | (AtField & { readonly _tag: 'LeftOut'; readonly reason: string })
  /**
   * Good in itself, but the objects of its namespace together ask for more of a `part` than the `limit`, and older
   * ones come first. It has no effect.
   */
  | (AtField & {
      readonly _tag: 'OverBudget';
      readonly part: keyof Budget;
      readonly limit: number;
    })
  /** Good in itself and attached, and no listener that it is on is open. */
  | (AtField & { readonly _tag: 'NotServed' })
  /** Nothing is wrong, but the owner should know; with a `reason` an Event says so, too. */
  | (AtField & { readonly _tag: 'Note'; readonly note: string; readonly reason?: NoteReason })
  /**
   * Accepted here, refused by Envoy; the last accepted configuration keeps serving. With `by`, some of several
   * Envoys refuse it, and the others serve it.
   */
  | (AtField & {
      readonly _tag: 'RefusedByEnvoy';
      readonly resource: string;
      readonly message: string;
      readonly by?: string;
    })
  /**
   * Envoy cannot listen on a port, be it taken or not allowed; it is tried again. `listener` is the one that wants
   * it, by its name in Envoy.
   */
  | (AtField & {
      readonly _tag: 'PortUnavailable';
      readonly address: string;
      readonly listener?: string;
      readonly reason: string;
      readonly by?: string;
    });

/** Why an Event is made of a note. */
export type NoteReason =
  /** A certificate soon expires. */
  | 'CertificateExpiresSoon'
  /** An object of another namespace takes part in what this object is for. */
  | 'SharedWithOtherNamespace';

/** What becomes of requests that something should guard that cannot be used. */
export type GuardEffect =
  /** All requests are refused, but those that are redirected. */
  | 'AllRefused'
  /** Requests of Mappings without `bypass_auth` are refused. */
  | 'UncheckedRefused'
  /** Requests of Mappings with labels of its domain are refused. */
  | 'LabelledRefused'
  /** Requests of this Mapping are refused, because another object should guard them. */
  | 'GuardedRefused'
  /** Requests pass without it: the operator says so. */
  | 'Unguarded'
  /** Requests pass without it: it is of Ambassador Edge Stack, and Emissary has no effect for it either. */
  | 'EdgeStack'
  /** Requests pass without it: it is for ingress-nginx. */
  | 'IngressNginx'
  /** Clients are asked for no certificates: a Module says so, which Emissary does not obey since version 2. */
  | 'ModuleTls';

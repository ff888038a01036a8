import { contentVersion } from './content-version.ts';
import type { TypeUrl } from './type-url.ts';

/** Names one resource of any type. */
export interface ResourceName {
  readonly typeUrl: TypeUrl;
  readonly name: string;
}

/**
 * One xDS resource: encoded once, the same bytes for every Envoy.
 *
 * `version` is a hash of the content: equal on every replica and across restarts, so an Envoy that
 * reconnects is sent nothing it already has.
 */
export interface Resource extends ResourceName {
  readonly version: string;
  /** The encoded message, without the `Any` around it. */
  readonly bytes: Buffer;
  /**
   * What Envoy waits for before it uses a new version of this resource: a cluster for its load
   * assignment, a listener for its certificates. After an update they are sent again, even when they
   * did not change (xDS protocol, "Knowing when a requested resource …" and Envoy issue 13009).
   */
  readonly warmedBy: readonly ResourceName[];
  /** Resources of one content are alike but for their names: Envoy takes all of them or none. */
  readonly content?: string;
  /**
   * It no longer has what others may still need from its former version: an Envoy that holds that
   * version gets this one only when removals are due.
   */
  readonly narrows?: true;
  /**
   * Its bytes lack a private key that only Envoys have that were sent it before: it is sent to nobody. An Envoy
   * that holds this version keeps it; for all others it does not exist.
   */
  readonly keyless?: true;
  /**
   * Whether requests that it serves are sent to a cluster. Absent: to none. It is asked only of a resource
   * that is gone while connections still use it.
   */
  sendsTo?(cluster: string): boolean;
  /** A cluster without which it must not be used, and what an Envoy that refuses this cluster gets in its place. */
  readonly needs?: { readonly cluster: string; readonly orElse: Resource };
}

/**
 * A resource whose version is the hash of its bytes; the bytes are copied, so the caller may share
 * them.
 */
export const resource = (
  typeUrl: TypeUrl,
  name: string,
  bytes: Buffer,
  warmedBy: readonly ResourceName[] = nothing,
): Resource => new SmallResource(typeUrl, name, bytes, warmedBy);

const nothing: readonly ResourceName[] = [];

/**
 * A resource of which there are many.
 *
 * A small buffer takes half a kilobyte more than its bytes. So the bytes are kept as text, each as
 * the character of that number, and made into bytes again when they are sent.
 */
class SmallResource implements Resource {
  readonly typeUrl: TypeUrl;
  readonly name: string;
  readonly version: string;
  readonly warmedBy: readonly ResourceName[];
  readonly #text: string;

  constructor(typeUrl: TypeUrl, name: string, bytes: Buffer, warmedBy: readonly ResourceName[]) {
    this.typeUrl = typeUrl;
    this.name = name;
    this.version = contentVersion(bytes);
    this.warmedBy = warmedBy;
    this.#text = bytes.toString('latin1');
  }

  get bytes(): Buffer {
    return Buffer.from(this.#text, 'latin1');
  }
}

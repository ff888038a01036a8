import { get } from '../../../collection/collection.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import {
  keyParts,
  objectKey,
  objectRef,
  type ObjectKey,
  type ObjectRef,
} from '../../../ir/object-ref.ts';
import type { Host } from '../../../kube/emissary/host.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { contextNamed, type ContextTables } from '../context/context-named.ts';
import { hasTls } from '../context/context-graph.ts';
import type { CompiledContext, SpokenTls } from '../context/spoken-tls.ts';

/** What the TLS settings of a Host are looked up in. */
export interface ChoiceTables extends ContextTables {
  /** By the key of a Host: its own settings. */
  readonly inline: SpokenTls;
}

/** The TLS settings that count for a Host. */
export type Chosen =
  /** Its own. */
  | {
      readonly _tag: 'Inline';
      readonly tls: SpokenTls;
      readonly field: 'spec.tls';
      readonly passedOver?: ObjectRef;
    }
  /** Those of a TLSContext, which it names, or which is called after it. */
  | {
      readonly _tag: 'Context';
      readonly tls: CompiledContext;
      readonly field: 'spec.tlsContext' | 'spec.tlsSecret';
      /** A TLSContext that is called after the Host and does not count. */
      readonly passedOver?: ObjectRef;
    }
  /** There are some, and they cannot be known. */
  | { readonly _tag: 'Unknown'; readonly problem: Problem };

/**
 * Chooses between the TLS settings of a Host: its own, or those of the TLSContext that it names, come before
 * those of a TLSContext called `<host>-context`, which counts for a Host with a certificate, as in Emissary.
 */
export const chosenContext = (options: TranslateOptions) => {
  const namesake = (key: ObjectKey, read: Read<ContextTables>): CompiledContext | undefined => {
    const context = contextOf(key);
    const [, name] = keyParts(context);
    const all = read('contexts', name);
    return all && get(all, context);
  };
  const passedOver = (key: ObjectKey, counts: SpokenTls, read: Read<ContextTables>) => {
    const called = namesake(key, read);
    return called === undefined || called === counts ? {} : { passedOver: called.ref };
  };
  return (host: Host, key: ObjectKey, read: Read<ChoiceTables>): Chosen | undefined => {
    const { spec, metadata } = host;
    const object = objectRef('Host', key);
    const name = contextNameOf(spec);
    if (hasTls(spec) && name !== undefined) {
      const field = 'spec.tlsContext';
      const expected =
        'tls or tlsContext; handshakes are refused as long as it is not said which counts';
      return unknown({ _tag: 'InvalidField', object, field, expected, got: 'both' });
    }
    if (hasTls(spec)) {
      const tls = read('inline', key);
      return tls && { _tag: 'Inline', tls, field: 'spec.tls', ...passedOver(key, tls, read) };
    }
    if (name !== undefined) {
      const field = 'spec.tlsContext';
      const tls = contextNamed(
        name,
        { kind: 'Host', namespace: metadata.namespace },
        options,
        read,
      );
      if (tls !== undefined) return { _tag: 'Context', tls, field, ...passedOver(key, tls, read) };
      const target = objectRef('TLSContext', objectKey(metadata.namespace, name));
      return unknown({ _tag: 'NotFound', object, field, target });
    }
    if (spec.tlsSecret?.name === undefined) return undefined;
    const field = 'spec.tlsSecret';
    const tls = namesake(key, read);
    return tls && { _tag: 'Context', tls, field };
  };
};

const unknown = (problem: Problem): Chosen => ({ _tag: 'Unknown', problem });

/** The TLSContext that a Host names. */
export const contextNameOf = ({ tlsContext }: Host['spec']): string | undefined =>
  tlsContext?.name === '' ? undefined : tlsContext?.name;

const suffix = '-context';

/** The TLSContext that is called after a Host. */
const contextOf = (host: ObjectKey): ObjectKey => `${host}${suffix}`;

/** The Host that a TLSContext is called after. */
export const hostCalled = (context: ObjectKey): ObjectKey | undefined =>
  context.endsWith(suffix) ? (context.slice(0, -suffix.length) as ObjectKey) : undefined;

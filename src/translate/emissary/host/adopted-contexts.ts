import type { Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined } from '../../../collection/operator/join-each.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import { objectRef, type ObjectKey } from '../../../ir/object-ref.ts';
import { isForInstallation } from '../../../kube/emissary/installation.ts';
import type { TLSContext } from '../../../kube/emissary/tls-context.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import type { AttachedHost } from './attachment.ts';

/** The Hosts, those closed that a TLSContext counts for. */
export interface AdoptedContexts {
  /** Our TLSContexts by the key of the Host that they are called after, if there is one. */
  readonly contexts: Grouped<ObjectKey, TLSContext, ObjectKey, true>;
  readonly closed: Joined<ObjectKey, Contexts, { hosts: AttachedHost }, AttachedHost>;
  readonly hosts: United<ObjectKey, AttachedHost>;
}

type Contexts = Collection<ObjectKey, true>;

/**
 * As in Emissary, a TLSContext counts for a Host with a certificate if it is called `<host>-context`. What
 * it asks for is not translated yet, so the handshakes of that Host are refused.
 */
export const adoptedContexts = ({ ambassadorId }: TranslateOptions) => {
  const contextsOf = groupBy(
    (context: TLSContext, key: ObjectKey): readonly (readonly [ObjectKey, true])[] =>
      key.endsWith(suffix) && isForInstallation(context.spec.ambassador_id, ambassadorId)
        ? [[hostOf(key), true]]
        : [],
  );
  return function* (
    previous: AdoptedContexts | undefined,
    attached: Collection<ObjectKey, AttachedHost>,
    objects: Collection<ObjectKey, TLSContext>,
  ): Work<AdoptedContexts> {
    const contexts = yield* contextsOf(previous?.contexts, objects);
    const closed = yield* closeEach(previous?.closed, contexts.output, { hosts: attached });
    const hosts = yield* union(previous?.hosts, closed.output, attached);
    return { contexts, closed, hosts };
  };
};

const suffix = '-context';

const hostOf = (context: ObjectKey): ObjectKey => context.slice(0, -suffix.length) as ObjectKey;

const closeEach = joinEach<ObjectKey, Contexts, { hosts: AttachedHost }, AttachedHost>(
  (_, key, read) => {
    const host = read('hosts', key);
    if (host?.certificate.secret === undefined) return undefined;
    const context = objectRef('TLSContext', `${key}${suffix}`);
    const reason = `${context} counts for this Host and is not supported yet; handshakes are refused until it is`;
    const { ref: object } = host;
    return {
      ...host,
      standing: 'refusing',
      certificate: { refuse: true },
      problems: [
        ...host.problems,
        { _tag: 'InvalidCertificate', object, field: 'spec.tlsSecret', reason },
      ],
    };
  },
);

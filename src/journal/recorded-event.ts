import * as t from 'io-ts';

import type { ConsulServiceName, Endpoint } from '../ir/endpoints.ts';
import { isPort, type Port as PortNumber } from '../ir/port.ts';
import { ParentRefs, PolicyTargets } from '../kube/claims.ts';
import { carrierKinds, kinds, type Kind } from '../kube/kind.ts';
import type { Applied, Carried, Decoded, Listed } from '../kube/kube-event.ts';
import type { Refusal } from '../xds/session/discovery.ts';
import { typeUrls, type TypeUrl } from '../xds/type-url.ts';
import type { PipelineEvent } from './batch.ts';
import { byField, type Codec } from './by-field.ts';
import { recordedObject } from './recorded-object.ts';
import { RecordedProblem } from './recorded-problem.ts';
import { Key, Ref, written } from './reference.ts';

const Problems = t.readonlyArray(RecordedProblem, 'problems');

const Version = t.intersection(
  [
    t.type({ uid: t.string }),
    t.partial({
      generation: t.number,
      carrier: Ref,
      ambassadorId: t.readonlyArray(t.string),
      parentRefs: ParentRefs,
      gatewayClass: t.string,
    }),
  ],
  'a version',
);

const decoded = <K extends Kind>(kind: K, more: t.Props = {}): Codec<Decoded<K>> =>
  t.intersection(
    [
      t.type({ key: Key, problems: Problems }),
      t.partial({
        object: recordedObject(kind),
        targetRefs: PolicyTargets,
        unread: recordedObject('Host'),
        former: t.literal(true),
        version: Version,
        ...more,
      }),
    ],
    `a decoded ${kind}`,
  ) as unknown as Codec<Decoded<K>>;

/** One codec for each kind, chosen by the `kind` of the event. */
const byKind = <A>(expected: string, codecOf: (kind: Kind) => Codec<A>): Codec<A> =>
  byField(expected, 'kind', Object.fromEntries(kinds.map((kind) => [kind, codecOf(kind)])));

const carried = (kind: Kind): Codec<Carried> =>
  t.type({
    kind: t.literal(kind),
    item: decoded(kind),
    document: t.number,
    isFlat: t.boolean,
  });

const Carries = t.type({
  objects: t.readonlyArray(byKind('an object in an annotation', carried)),
  isWhole: t.boolean,
});

/** An item of an event: alone it can carry others. */
const item = (kind: Kind): Codec<Decoded> =>
  carrierKinds.includes(kind) ? decoded(kind, { carries: Carries }) : decoded(kind);

const listed = (kind: Kind): Codec<Listed> =>
  t.type({
    _tag: t.literal('Listed'),
    kind: t.literal(kind),
    items: t.readonlyArray(item(kind)),
  });

const applied = (kind: Kind): Codec<Applied> =>
  t.type({ _tag: t.literal('Applied'), kind: t.literal(kind), item: item(kind) });

const deleted = (kind: Kind) =>
  t.type({ _tag: t.literal('Deleted'), kind: t.literal(kind), key: Key });

const Reported = t.type({ _tag: t.literal('Reported'), origin: t.string, problems: Problems });

const Port = t.refinement(t.number, isPort, 'a port') as unknown as Codec<PortNumber>;

const RecordedEndpoint: Codec<Endpoint> = t.type({ address: t.string, port: Port });

const ConsulService = written<ConsulServiceName>(
  'consul:namespace/resolver/service',
  /^consul:[^ /]*\/.+\/[^/]+$/,
);

const ConsulAnswered = t.type({
  _tag: t.literal('ConsulAnswered'),
  service: ConsulService,
  endpoints: t.readonlyArray(RecordedEndpoint),
});

const ConsulForgotten = t.type({ _tag: t.literal('ConsulForgotten'), service: ConsulService });

const refusal = { name: t.string, version: t.string, message: t.string };

const RecordedRefusal: Codec<Refusal> = byField(
  'a refusal',
  'typeUrl',
  Object.fromEntries(typeUrls.map((url) => [url, t.type({ typeUrl: t.literal(url), ...refusal })])),
);

const KnownType = t.keyof(
  Object.fromEntries(typeUrls.map((url) => [url, null])) as Record<TypeUrl, null>,
);

const RecordedVerdict = t.intersection([
  t.type({
    _tag: t.literal('Verdict'),
    node: t.string,
    seq: t.number,
    refused: t.readonlyArray(RecordedRefusal),
  }),
  /** Journals of older versions do not have these. */
  t.partial({ stream: t.number, client: t.string, unasked: t.readonlyArray(KnownType) }),
]);

const Disconnected = t.type({
  _tag: t.literal('Disconnected'),
  node: t.string,
  stream: t.number,
});

/** An event of the pipeline, as a journal keeps it. */
export const RecordedEvent: Codec<PipelineEvent> = byField<PipelineEvent>('an event', '_tag', {
  Listed: byKind('a Listed event', listed),
  Applied: byKind('an Applied event', applied),
  Deleted: byKind('a Deleted event', deleted),
  Reported,
  ConsulAnswered,
  ConsulForgotten,
  Verdict: RecordedVerdict,
  Disconnected,
});

import { get, values } from '../../../src/collection/collection.ts';
import { secretsOfChain } from '../../../src/ir/filter-chain.ts';
import type { Ir } from '../../../src/ir/ir.ts';
import type { SyncedStore } from '../../../src/kube/store/object-store.ts';
import {
  admitted,
  judged,
  judgedAgain,
  sentAs,
  type Quarantine,
} from '../../../src/quarantine/quarantine.ts';
import type { Translation } from '../../../src/translate/translate.ts';
import { makeSnapshot, type SnapshotGraph } from '../../../src/xds/make-snapshot.ts';
import type { NamedResource } from '../../../src/xds/provenance.ts';
import { TypeUrl, typeUrls } from '../../../src/xds/type-url.ts';
import { step } from '../world/builders.ts';

/** A control plane with one Envoy that accepts everything except what `isBad` says. */
export interface Trials {
  readonly quarantine: Quarantine;
  readonly translation: Translation;
  readonly graph: SnapshotGraph;
  readonly answers: number;
  /** The number of the last publication that was answered. */
  readonly answered: number;
}

/**
 * Which resources an Envoy refuses: every table with a route whose prefix says `bad`, every Secret that is
 * used and whose name says so, and the listeners that use it.
 */
const refusedBy = (ir: Ir): readonly NamedResource[] => {
  const bad = [...values(ir.filterChains)].flatMap((chain) =>
    secretsOfChain(chain)
      .filter((name) => name.includes('bad'))
      .map((secret) => ({ secret, listener: chain.listener })),
  );
  const tables = [...values(ir.virtualHosts)]
    .filter(({ routes }) => routes.some(({ match }) => match.path.value.includes('bad')))
    .map(({ table }) => table);
  const named = (typeUrl: TypeUrl, names: readonly string[]): readonly NamedResource[] =>
    [...new Set(names)].map((name) => ({ typeUrl, name }));
  return [
    ...named(
      TypeUrl.Secret,
      bad.map(({ secret }) => secret),
    ),
    ...named(
      TypeUrl.Listener,
      bad.map(({ listener }) => listener),
    ),
    ...named(TypeUrl.Routes, tables),
  ];
};

/** Publishes a store and answers, until there is nothing new to publish. */
export const settle = (
  before: Pick<Trials, 'quarantine'> & Partial<Trials>,
  store: SyncedStore,
  most = Number.POSITIVE_INFINITY,
): Trials => {
  let state = published(before, store);
  while (state.answers < most) {
    const { seq, ir } = state.quarantine.sent.at(-1) ?? { seq: 0, ir: state.translation.ir };
    if (seq === state.answered) break;
    const quarantine = judged(state.quarantine, { seq, refused: answerTo(ir) });
    const answers = state.answers + 1;
    state = published({ ...state, quarantine, answers, answered: seq }, store);
  }
  return state;
};

const published = (
  before: Pick<Trials, 'quarantine'> & Partial<Trials>,
  store: SyncedStore,
): Trials => {
  const { quarantine, answers = 0, answered = 0 } = before;
  const admission = admitted(quarantine, store);
  const translation = step(before.translation, admission);
  const graph = makeSnapshot(before.graph, translation.ir);
  const isSame =
    before.translation?.problems === translation.problems &&
    typeUrls.every((typeUrl) => before.graph?.resources[typeUrl] === graph.resources[typeUrl]);
  const last = quarantine.sent.at(-1)?.seq ?? 0;
  if (!isSame)
    return {
      quarantine: sentAs(quarantine, { seq: last + 1, store: admission, ir: translation.ir }),
      translation,
      graph,
      answers,
      answered,
    };
  if (last !== answered || quarantine.waiting.length === 0)
    return { quarantine, translation, graph, answers, answered };
  const now = { seq: last, store: admission, ir: translation.ir };
  const again = judgedAgain(quarantine, now, answerTo(translation.ir));
  return published({ ...before, translation, graph, quarantine: again }, store);
};

const answerTo = (ir: Ir) => refusedBy(ir).map((one) => ({ ...one, message: 'no' }));

/** The prefixes of all Mappings that a quarantine admits. */
export const admittedPrefixes = (
  { quarantine }: Trials,
  store: SyncedStore,
): ReadonlyMap<string, string | undefined> => {
  const { Mapping } = admitted(quarantine, store).objects;
  return new Map(
    [...values(Mapping)].map(({ metadata: { namespace, name } }) => [
      `${namespace}/${name}`,
      get(Mapping, `${namespace}/${name}`)?.spec.prefix,
    ]),
  );
};

import { zip } from 'fp-ts/lib/ReadonlyArray.js';

import type { Collection } from '../collection/collection.ts';
import { atOnce, type Work } from '../collection/work.ts';
import type { Ir } from '../ir/ir.ts';
import type { SyncedStore } from '../kube/store/object-store.ts';
import type { Problem } from '../problem/problem.ts';
import { assemble, type Assembly } from './assemble/assemble.ts';
import { portOwners, type PortOwners } from './assemble/port-owners.ts';
import { admittedParts, withParts, type AdmittedParts } from './annotation/admitted-parts.ts';
import { annotatedProblems, type AnnotatedProblems } from './annotation/annotated-problems.ts';
import { foreignAnnotations, type ForeignAnnotations } from './annotation/foreign-annotations.ts';
import { problemsByObject, type ProblemGraph } from './assemble/problems.ts';
import {
  followsFrom as namesFollowFrom,
  serverNameGraph,
  type ServerNameGraph,
} from './assemble/server-names.ts';
import { unservedObjects, type Unserved } from './assemble/unserved.ts';
import type { Contribution, PortClaims, ServerNameClaims } from './contribution/contribution.ts';
import type { Language } from './contribution/language.ts';
import type { KindOutcomes } from './contribution/outcome.ts';
import { emissary } from './emissary/emissary.ts';
import { gateway } from './gateway/gateway.ts';
import type { TranslateOptions } from './translate-options.ts';

/**
 * The translation of a store: the IR, the problems, what became of objects; and the state for the
 * next step.
 */
export interface Translation {
  readonly ir: Ir;
  /** By object or file; no problem is there twice. */
  readonly problems: Collection<string, readonly Problem[]>;
  readonly outcomes: readonly KindOutcomes[];
  readonly states: States;
}

/**
 * The state of every step, and what they began with, in the order of the pipe.
 *
 * Steps are known by their way in here (`namedCollections`).
 */
interface States {
  readonly store: SyncedStore;
  readonly foreign: ForeignAnnotations;
  readonly admitted: AdmittedParts;
  readonly ports: ByLanguage<PortClaims>;
  readonly owners: PortOwners;
  readonly serverNames: ByLanguage<ServerNameClaims>;
  readonly names: ServerNameGraph;
  readonly contributions: ByLanguage<Contribution>;
  readonly assembly: Assembly;
  readonly unserved: Unserved;
  readonly problems: ProblemGraph;
  readonly told: AnnotatedProblems;
}

/** What each language said, by its name. */
type ByLanguage<S> = Readonly<Record<string, S>>;

/** The languages in order: of two that claim one thing the older object has it, of one age the first (decision 36). */
const languagesOf = (options: TranslateOptions): readonly Language[] => [
  emissary(options),
  gateway(options),
];

/**
 * Turns everything we know into everything Envoy should do.
 *
 *     languages ──▶ ports ───────▶ owners
 *                                    ▼
 *     languages ──▶ serverNames ─▶ names
 *                                    ▼
 *     languages ──▶ contributions ─▶ assembly ──▶ ir
 *
 * Each part computes what its changed inputs touch and nothing else. The law: whatever the history,
 * the result equals that of translating the same store from nothing, but for the layout of a listener's
 * server names, which depends on the one before (`followsFrom`).
 */
export const translate = (options: TranslateOptions) => atOnce(translateWork(options));

/** As `translate`, with pauses. */
export const translateWork = (options: TranslateOptions) =>
  translateLanguages(languagesOf(options), options);

/** As `translateWork`, from these languages. */
export const translateLanguages = (
  languages: readonly Language[],
  given: Partial<TranslateOptions> = {},
) => {
  const options: TranslateOptions = { ambassadorId: 'default', namespace: 'default', ...given };
  const assemblyOf = assemble(options);
  const foreignOf = foreignAnnotations(options);
  const toldOf = annotatedProblems(options.ambassadorId);
  const byLanguage = <S>(said: readonly S[]): ByLanguage<S> =>
    Object.fromEntries(zip(languages, said).map(([{ name }, one]) => [name, one]));
  return function* (previous: Translation | undefined, known: SyncedStore): Work<Translation> {
    const before = previous?.states;
    const foreign = yield* foreignOf(before?.foreign, known.annotated.claims);
    const admitted = admittedParts(before?.admitted, known, foreign.output);
    const store = withParts(known, admitted);
    const ports: PortClaims[] = [];
    for (const language of languages)
      ports.push(yield* language.ports(before?.ports[language.name], store));
    const owners = yield* portOwners(
      before?.owners,
      ports.map((one) => one.ports),
    );
    const open = owners.ports.output;

    const claims: ServerNameClaims[] = [];
    for (const [language, own] of zip(languages, ports))
      claims.push(
        yield* language.serverNames(before?.serverNames[language.name], store, own, open),
      );
    const names = yield* serverNameGraph(before?.names, store, claims, open);
    const settlement = {
      ports: open,
      serverNames: names.claims.settled.output,
      layouts: names.layouts.output,
    };

    const contributions: Contribution[] = [];
    for (const [[language, own], served] of zip(zip(languages, ports), claims)) {
      const former = before?.contributions[language.name];
      contributions.push(yield* language.contribution(former, store, own, served, settlement));
    }
    const settled = { owners, names };
    const assembly = yield* assemblyOf(before?.assembly, store, settled, claims, contributions);
    const unserved = yield* unservedObjects(before?.unserved, assembly.ir, store);
    const problems = yield* problemsByObject(before?.problems, [
      known.problems,
      foreign.output,
      ...contributions.flatMap((one) => one.problems),
      ...assembly.problems,
      unserved.problems.output,
    ]);
    const told = yield* toldOf(before?.told, problems.all.output, store.annotated);
    return {
      ir: assembly.ir,
      problems: told.output,
      outcomes: contributions.flatMap((one) => one.outcomes),
      states: {
        store: known,
        foreign,
        admitted,
        ports: byLanguage(ports),
        owners,
        serverNames: byLanguage(claims),
        names,
        contributions: byLanguage(contributions),
        assembly,
        unserved,
        problems,
        told,
      },
    };
  };
};

/**
 * Whether a translation is the one that follows directly from a former one: layouts depend on
 * former layouts.
 */
export const followsFrom = (before: Translation | undefined, after: Translation): boolean =>
  namesFollowFrom(before?.states.names, after.states.names);

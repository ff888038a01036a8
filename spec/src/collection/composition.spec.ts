import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries, from, set, values, type Collection } from '../../../src/collection/collection.ts';
import { groupBy, type Grouped } from '../../../src/collection/operator/group-by.ts';
import { joinEach, type Joined } from '../../../src/collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../src/collection/operator/map-each.ts';
import { union, type United } from '../../../src/collection/operator/union.ts';
import { atOnce } from '../../../src/collection/work.ts';
import { aHistory, aKey, sorted, versionsOf } from '../../_support/property/collection-history.ts';
import { holds } from '../../_support/property/property.ts';

/** A small graph of the kind that translation is: words, their teams, a report for each team. */
interface Player {
  readonly team: string;
  readonly points: number;
}
interface Graph {
  readonly good: Mapped<string, Player, Player>;
  readonly guests: Mapped<string, Player, Player>;
  readonly all: United<string, Player>;
  readonly teams: Grouped<string, Player, string, number>;
  readonly report: Joined<string, Player, { readonly teams: Collection<string, number> }, number>;
}

const good = atOnce(mapEach((player: Player) => (player.points > 0 ? player : undefined)));
const guests = atOnce(
  mapEach((player: Player) => (player.points === 0 ? { ...player, points: 100 } : undefined)),
);
const teams = atOnce(groupBy(({ team, points }: Player) => [[team, points] as const]));
const report = atOnce(
  joinEach<string, Player, { teams: Collection<string, number> }, number>(({ team }, _, read) => {
    const points = read('teams', team);
    return points === undefined ? undefined : [...values(points)].reduce((a, b) => a + b, 0);
  }),
);

const step = (previous: Graph | undefined, players: Collection<string, Player>): Graph => {
  const paying = good(previous?.good, players);
  const invited = guests(previous?.guests, players);
  const all = atOnce(union<string, Player>)(previous?.all, paying.output, invited.output);
  const grouped = teams(previous?.teams, all.output);
  return {
    good: paying,
    guests: invited,
    all,
    teams: grouped,
    report: report(previous?.report, players, { teams: grouped.output }),
  };
};

const aPlayer: fc.Arbitrary<Player> = fc.record(
  { team: aKey, points: fc.nat(3) },
  { noNullPrototype: true },
);

/** The report, computed by looking at every player for every player. */
const plain = (players: Collection<string, Player>) => {
  const worth = ({ points }: Player) => points || 100;
  return sorted(entries(players)).map(([key, { team }]) => [
    key,
    [...values(players)]
      .filter((other) => other.team === team)
      .reduce((sum, other) => sum + worth(other), 0),
  ]);
};

test('law: operators in a row obey it together', (t) => {
  holds(
    t,
    fc.property(aHistory(aPlayer), (history) => {
      let graph: Graph | undefined;
      for (const players of versionsOf(history)) {
        graph = step(graph, players);
        const scratch = step(undefined, players);
        assert.deepEqual(graph.report.output, scratch.report.output);
        assert.deepEqual(graph.all.output, scratch.all.output);
        assert.deepEqual(graph.teams.output, scratch.teams.output);
        assert.deepEqual(sorted(entries(graph.report.output)), plain(players));
      }
    }),
    { numRuns: 300 },
  );
});

test('a team that nobody joins or leaves keeps its group', (t) => {
  const before = step(
    undefined,
    from([
      ['ann', { team: 'red', points: 1 }],
      ['bob', { team: 'blue', points: 2 }],
    ]),
  );
  const after = step(before, set(before.good.input, 'bob', { team: 'blue', points: 3 }));
  const [red] = [...entries(before.teams.output)].filter(([team]) => team === 'red');
  t.true([...entries(after.teams.output)].some(([, group]) => group === red?.[1]));
});

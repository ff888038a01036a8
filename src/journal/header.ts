import * as t from 'io-ts';

import { RecordedLastGood } from './recorded-last-good.ts';
import { Key, Ref } from './reference.ts';

/** The version of the format that is written and read. */
export const journalVersion = 1;

/** What an earlier run found out: an object in the one version that Envoy refuses. */
const Convicted = t.type({ object: Ref, digest: t.string, resource: t.string, message: t.string });

const AllowedUse = t.keyof({ loopback: null, 'link-local': null, multicast: null });

const AccessLog = t.readonly(
  t.union([
    t.literal('off'),
    t.type({ _tag: t.literal('Json'), fields: t.record(t.string, t.string) }),
    t.type({ _tag: t.literal('Text'), line: t.string }),
  ]),
);

/** The first line of a journal: what it is, and how its events were translated. */
export const Header = t.intersection(
  [
    t.type({
      headgate: t.literal('journal'),
      version: t.literal(journalVersion),
      options: t.readonly(
        t.intersection([
          t.type({ ambassadorId: t.string, namespace: t.string }),
          t.partial({
            isolation: t.boolean,
            trustedNamespaces: t.readonlyArray(t.string),
            referenceGrants: t.readonlyArray(t.type({ from: t.string, to: t.string })),
            serveUnguarded: t.boolean,
            routeStats: t.boolean,
            allowAddresses: t.readonlyArray(AllowedUse),
            gatewayAddresses: t.readonlyArray(t.string),
            gatewayService: Key,
            systemAuthorities: t.string,
            accessLog: AccessLog,
            budget: t.readonly(
              t.type({ bytes: t.number, objects: t.number, routes: t.number, regex: t.number }),
            ),
            convicted: t.readonlyArray(Convicted),
            lastGood: t.readonlyArray(RecordedLastGood),
          }),
        ]),
      ),
    }),
    /** The kinds that were read. */
    t.partial({ kinds: t.readonlyArray(t.string) }),
  ],
  'a journal header',
);
export type Header = Readonly<t.TypeOf<typeof Header>>;

/** What every version of the header has: enough to tell that a version is not ours. */
export const AnyHeader = t.type(
  { headgate: t.literal('journal'), version: t.number },
  'a journal header',
);

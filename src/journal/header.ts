import * as t from 'io-ts';

/** The version of the format that is written and read. */
export const journalVersion = 1;

/** The first line of a journal: what it is, and how what it holds was translated. */
export const Header = t.type(
  {
    headgate: t.literal('journal'),
    version: t.literal(journalVersion),
    options: t.readonly(t.type({ ambassadorId: t.string, namespace: t.string })),
  },
  'a journal header',
);
export type Header = Readonly<t.TypeOf<typeof Header>>;

/** What every version of the header has: enough to tell that a version is not ours. */
export const AnyHeader = t.type(
  { headgate: t.literal('journal'), version: t.number },
  'a journal header',
);

import { request, type IncomingMessage } from 'node:http';

import { objectKey, objectRef, type ObjectRef } from '../../ir/object-ref.ts';
import { messageOf } from '../message-of.ts';
import { jsonPage, line, startPageServer, type Page, type PageServer } from './page-server.ts';

/** The pages of the debug server. */
export const debugPages = ['problems', 'streams', 'steps', 'snapshot', 'ir'] as const;

/** The name of a page of the debug server. */
export type DebugPage = (typeof debugPages)[number];

/** What the pages show; each is made when it is asked for. The snapshot can be that of one object. */
type DebugViews = Readonly<
  Partial<Record<Exclude<DebugPage, 'snapshot'>, () => unknown>> & {
    snapshot?: (object?: ObjectRef) => unknown;
  }
>;

/**
 * Answers the debug pages on a unix socket, as values that `debugJson` can show; `/debug` lists them.
 *
 * They show the configuration of everybody. Envoy sends requests wherever users tell it to, also to
 * ports of this machine, and so does a browser; neither can open a socket of our user's. Private
 * keys never leave it, see `debugJson`.
 */
export const startDebugServer = async (path: string, pages: DebugViews): Promise<PageServer> => {
  const shown = Object.entries(pages).map(
    ([name, show]) => [`/debug/${name}`, () => jsonPage(show())] as const,
  );
  const list = (): Page => jsonPage(shown.map(([name]) => name));
  return await startPageServer(
    { _tag: 'Unix', path },
    new Map([['/debug', list], ['/debug/', list], ...shown]),
    new Map([['/debug/snapshot', (query) => ofObject(pages, query)]]),
  );
};

const ofObject = ({ snapshot }: DebugViews, query: URLSearchParams): Page => {
  const [, kind, namespace = '', name] =
    /^(\w+) (?:([^/ ]*)\/)?(.+)$/.exec(query.get('object') ?? '') ?? [];
  return kind === undefined || name === undefined || snapshot === undefined
    ? line(400, 'expected ?object=Mapping default/shop')
    : jsonPage(snapshot(objectRef(kind, objectKey(namespace, name))));
};

/**
 * Asks the debug server at this socket for a page, or for what it has of one object; rejects when there is none
 * to show.
 */
export const debugPage = async (
  path: string,
  page: DebugPage,
  object?: string,
): Promise<IncomingMessage> => {
  const query = object === undefined ? '' : `?${new URLSearchParams({ object }).toString()}`;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ socketPath: path, path: `/debug/${page}${query}`, agent: false }, resolve)
      .once('error', reject)
      .end();
  }).catch((cause: unknown) => {
    throw new Error(`no control plane answers at ${path}: ${messageOf(cause)}`, { cause });
  });
  if (answer.statusCode === 200) return answer;
  answer.resume();
  throw new Error(`expected 200 for the page ${page}${query}, got ${answer.statusCode}`);
};

import { request, type IncomingMessage } from 'node:http';

import { messageOf } from '../message-of.ts';
import { debugJson } from './debug-json.ts';
import { startPageServer, type Page, type PageServer } from './page-server.ts';

/** The pages of the debug server. */
export const debugPages = ['problems', 'streams', 'steps', 'snapshot', 'ir'] as const;

/** The name of a page of the debug server. */
export type DebugPage = (typeof debugPages)[number];

/**
 * Answers the debug pages on a unix socket, as values that `debugJson` can show.
 *
 * They show the configuration of everybody. Envoy sends requests wherever users tell it to, also to
 * ports of this machine, and so does a browser; neither can open a socket of our user's. Private
 * keys never leave it, see `debugJson`.
 */
export const startDebugServer = async (
  path: string,
  pages: Readonly<Partial<Record<DebugPage, () => unknown>>>,
): Promise<PageServer> =>
  await startPageServer(
    { _tag: 'Unix', path },
    new Map(Object.entries(pages).map(([name, show]) => [`/debug/${name}`, () => json(show())])),
  );

const json = (value: unknown): Page => ({
  status: 200,
  type: 'application/json; charset=utf-8',
  body: debugJson(value),
});

/** Asks the debug server at this socket for a page; rejects when there is none to show. */
export const debugPage = async (path: string, page: DebugPage): Promise<IncomingMessage> => {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ socketPath: path, path: `/debug/${page}`, agent: false }, resolve)
      .once('error', reject)
      .end();
  }).catch((cause: unknown) => {
    throw new Error(`no control plane answers at ${path}: ${messageOf(cause)}`, { cause });
  });
  if (answer.statusCode === 200) return answer;
  answer.resume();
  throw new Error(`expected 200 for the page ${page}, got ${answer.statusCode}`);
};

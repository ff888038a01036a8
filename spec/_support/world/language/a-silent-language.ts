import { entries, from } from '../../../../src/collection/collection.ts';
import { plain } from './a-plain-language.ts';

/** The plain language, whose domains have no routes. */
export const silent: typeof plain = {
  ...plain,
  *contribution(...args) {
    const said = yield* plain.contribution(...args);
    const hosts = [...entries(said.hosts)].map(
      ([key, host]) => [key, { ...host, routes: [] }] as const,
    );
    return { ...said, hosts: from(hosts) };
  },
};

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as t from 'io-ts';

/** Which Envoy was started in a state folder, so that a later run can take it over. */
export const EnvoyRecord = t.exact(
  t.type({
    pid: t.number,
    startedAt: t.string,
    /** Of the program. */
    version: t.string,
    /** Of everything that decides how it runs: program, arguments, environment and bootstrap. */
    hash: t.string,
    /** Where its admin interface listens, as `--envoy-admin` would say it. */
    admin: t.string,
    /** Where it looks for the control plane. */
    ads: t.string,
  }),
  'EnvoyRecord',
);
export type EnvoyRecord = Readonly<t.TypeOf<typeof EnvoyRecord>>;

/** The record in a file; a file that is missing or damaged has none. */
export const readEnvoyRecord = (path: string): EnvoyRecord | undefined => {
  try {
    const decoded = EnvoyRecord.decode(JSON.parse(readFileSync(path, 'utf8')));
    return decoded._tag === 'Right' ? decoded.right : undefined;
  } catch {
    return undefined;
  }
};

/** Replaces the record as a whole, before anything else can happen in this process. */
export const writeEnvoyRecord = (path: string, record: EnvoyRecord): void => {
  writeFileSync(`${path}.part`, `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.part`, path);
};

import { languageGroups } from '../language.ts';

const group = languageGroups.emissary;

/** Old controllers wrote Emissary's kinds under a group of their own. */
const oldGroup = `x.${group}`;

/** The group that a group stands for: Emissary's, if it is the old one. */
export const officialGroup = (name: string): string => (name === oldGroup ? group : name);

/** The developer previews of Emissary 2 put its kinds under other names into the old group. */
export const officialKind = (kind: string, itsGroup: string): string =>
  itsGroup === oldGroup
    ? kind.replace(/^Ambassador(?=Host|Listener|Mapping|TCPMapping)/, '')
    : kind;

/** Whether Emissary's kinds may be written in a version, beside the one they are read in. */
export const isKnownVersion = (apiVersion: string): boolean =>
  apiVersion === `${oldGroup}/v3alpha1` || isOldVersion(apiVersion);

/** Whether objects of Emissary's kinds were written in a version before v3alpha1. */
export const isOldVersion = (apiVersion: unknown): boolean =>
  typeof apiVersion === 'string' && oldVersions.has(apiVersion);

const oldVersions: ReadonlySet<string> = new Set(
  [group, oldGroup].flatMap((name) => [`${name}/v1`, `${name}/v2`]),
);

import { keys } from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import { remember } from '../../collection/remember.ts';
import { patternsAround } from '../../ir/server-name.ts';
import type { ServedCertificates } from '../certificate/served-certificate.ts';
import { noServerName } from '../certificate/served-certificate.ts';
import { changed, type Session } from './session.ts';

/**
 * Makes due the server names that Envoy asked for and whose certificate may have changed. For a
 * changed pattern these are all names in it; they are few beside the names that have a certificate
 * of their own.
 */
export const certificatesChanged = (
  session: Session,
  before: ServedCertificates,
  after: ServedCertificates,
): Session => {
  const { subscription } = session;
  if (before === after || subscription === undefined) return session;
  const changes = new Set(changedServerNames(before, after));
  const isWide = [...changes].some((name) => name.startsWith('*'));
  const { names, unusual } = subscription;
  return changed(
    changed(session, [...changes]),
    [...keys(isWide ? names : unusual)].filter((name) => isAffected(changes, name)),
  );
};

/**
 * The server names and patterns whose certificate changed or is gone; computed once for all Envoys.
 */
export const changedServerNames = remember(
  (before: ServedCertificates, after: ServedCertificates): readonly string[] =>
    diff(before, after).map(({ key }) => key),
);

const isAffected = (changes: ReadonlySet<string>, name: string): boolean =>
  name === noServerName
    ? changes.has('*')
    : patternsAround(name.toLowerCase()).some((pattern) => changes.has(pattern));

import {
  empty,
  entries,
  get,
  keys,
  withEdits,
  type Collection,
} from '../../collection/collection.ts';
import { editOf, type Edit } from '../../collection/edit.ts';
import { objectRef, type ObjectKey } from '../../ir/object-ref.ts';
import { noProblems } from '../../problem/no-problems.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Secret } from '../core/secret.ts';
import type { Decoded, KubeEvent, Reported } from '../kube-event.ts';
import {
  changeAfter,
  standingAt,
  type CertificateStanding,
  type Validity,
} from './certificate-standing.ts';
import { readCertificate } from './read-certificate.ts';
import { certificateField } from './secret-data.ts';

/** The certificates that are known, and how each stood when it was last looked at. */
export interface DatedCertificates {
  readonly certificates: Collection<ObjectKey, Dated>;
  /** No certificate stands otherwise before this moment, in milliseconds since the epoch. */
  readonly next: number;
  /** When they were looked at last; before it only if the clock was set back. */
  readonly looked: number;
}

/** A certificate with its dates. */
interface Dated extends Validity {
  readonly field: string;
  readonly standing: CertificateStanding;
}

/** The certificates after some events or some time, and what is to be said of those that stand otherwise. */
interface DateStep {
  readonly dated: DatedCertificates;
  readonly said: readonly Reported[];
}

/** No certificate is known yet. */
export const noCertificates: DatedCertificates = {
  certificates: empty(),
  next: Infinity,
  looked: -Infinity,
};

/** Looks at the certificates of the Secrets that came or went, at the cost of these alone. */
export const datedAfter = (
  before: DatedCertificates,
  events: readonly KubeEvent[],
  now: number,
): DateStep => {
  const edits = new Map<ObjectKey, Dated | undefined>();
  for (const event of events) {
    if (event._tag === 'Reported' || event.kind !== 'Secret') continue;
    if (event._tag === 'Listed')
      for (const key of [...keys(before.certificates), ...edits.keys()]) edits.set(key, undefined);
    if (event._tag === 'Deleted') edits.set(event.key, undefined);
    const items =
      event._tag === 'Listed' ? event.items : event._tag === 'Applied' ? [event.item] : [];
    // One that its codec refused stays as it was.
    for (const item of items as readonly Decoded<'Secret'>[])
      edits.set(
        item.key,
        item.object === undefined ? get(before.certificates, item.key) : datedOf(item.object, now),
      );
  }
  return stepped(before, edits, now);
};

/** Looks at all certificates, if one of them may stand otherwise by now; only what differs is made anew. */
export const datedAt = (before: DatedCertificates, now: number): DateStep => {
  if (before.looked <= now && now < before.next) return { dated: before, said: [] };
  const edits = new Map<ObjectKey, Dated>();
  let next = Infinity;
  for (const [key, one] of entries(before.certificates)) {
    const standing = standingAt(one, now);
    if (standing !== one.standing) edits.set(key, { ...one, standing });
    next = Math.min(next, changeAfter(one, now));
  }
  return stepped({ ...before, next, looked: now }, edits, now);
};

const stepped = (
  before: DatedCertificates,
  edits: ReadonlyMap<ObjectKey, Dated | undefined>,
  now: number,
): DateStep => {
  if (edits.size === 0) return { dated: before, said: [] };
  const all = [...edits];
  const said = all.flatMap(([key, dated]): readonly Reported[] => {
    const old = problemsOf(key, get(before.certificates, key));
    const problems = problemsOf(key, dated);
    const isSaid = JSON.stringify(problems) === JSON.stringify(old);
    return isSaid ? [] : [{ _tag: 'Reported', origin: originOf(key), problems }];
  });
  return {
    dated: {
      certificates: withEdits(
        before.certificates,
        all.map(([key, dated]): Edit<ObjectKey, Dated> => editOf(key, dated)),
      ),
      next: all.reduce(
        (least, [, one]) => (one === undefined ? least : Math.min(least, changeAfter(one, now))),
        before.next,
      ),
      looked: now,
    },
    said,
  };
};

/** No kind is called `dates`, so an origin is never the name of an object. */
const originOf = (key: ObjectKey): string => `dates of ${objectRef('Secret', key)}`;

const datedOf = (secret: Secret, now: number): Dated | undefined => {
  const read = secret.privateKey === undefined ? undefined : readCertificate(secret);
  if (read === undefined) return undefined;
  const { from, to } = read;
  return { field: certificateField(secret.type), from, to, standing: standingAt(read, now) };
};

const problemsOf = (key: ObjectKey, dated: Dated | undefined): readonly Problem[] => {
  if (dated === undefined) return noProblems;
  const { field, from, to, standing } = dated;
  const at = { object: objectRef('Secret', key), field };
  switch (standing) {
    case 'Good':
      return noProblems;
    case 'NotYetValid':
      return [
        {
          _tag: 'UnfitCertificate',
          ...at,
          reason: `the certificate is not valid before ${dateOf(from)}; clients refuse it until then`,
        },
      ];
    case 'Expired':
      return [
        {
          _tag: 'UnfitCertificate',
          ...at,
          reason: `the certificate expired at ${dateOf(to)}; clients refuse it`,
        },
      ];
    case 'ExpiresSoon':
      return [
        {
          _tag: 'Note',
          ...at,
          note: `the certificate expires at ${dateOf(to)} and has not been renewed yet`,
          reason: 'CertificateExpiresSoon',
        },
      ];
  }
};

const dateOf = (at: number): string => new Date(at).toISOString().replace('.000', '');

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
import { validityOfRevocations } from './revocations.ts';
import { certificateField, revocationsField } from './secret-data.ts';

/** The certificates and revocations of Secrets, and how each stood when it was last looked at. */
export interface DatedCertificates {
  readonly certificates: Collection<ObjectKey, readonly Dated[]>;
  /** No certificate stands otherwise before this moment, in milliseconds since the epoch. */
  readonly next: number;
  /** When they were looked at last; before it only if the clock was set back. */
  readonly looked: number;
}

/** A certificate, or revocations, with its dates. */
interface Dated extends Validity {
  readonly what: 'certificate' | 'revocations';
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
  const edits = new Map<ObjectKey, readonly Dated[] | undefined>();
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
  const edits = new Map<ObjectKey, readonly Dated[]>();
  let next = Infinity;
  for (const [key, all] of entries(before.certificates)) {
    if (all.some((one) => standingAt(one, now) !== one.standing))
      edits.set(
        key,
        all.map((one) => ({ ...one, standing: standingAt(one, now) })),
      );
    next = Math.min(next, ...all.map((one) => changeAfter(one, now)));
  }
  return stepped({ ...before, next, looked: now }, edits, now);
};

const stepped = (
  before: DatedCertificates,
  edits: ReadonlyMap<ObjectKey, readonly Dated[] | undefined>,
  now: number,
): DateStep => {
  if (edits.size === 0) return { dated: before, said: [] };
  const all = [...edits];
  const said = all.flatMap(([key, dated]): readonly Reported[] => {
    const old = problemsOfAll(key, get(before.certificates, key));
    const problems = problemsOfAll(key, dated);
    const isSaid = JSON.stringify(problems) === JSON.stringify(old);
    return isSaid ? [] : [{ _tag: 'Reported', origin: originOf(key), problems }];
  });
  return {
    dated: {
      certificates: withEdits(
        before.certificates,
        all.map(([key, dated]): Edit<ObjectKey, readonly Dated[]> => editOf(key, dated)),
      ),
      next: all.reduce(
        (least, [, dated = []]) => Math.min(least, ...dated.map((one) => changeAfter(one, now))),
        before.next,
      ),
      looked: now,
    },
    said,
  };
};

/** No kind is called `dates`, so an origin is never the name of an object. */
const originOf = (key: ObjectKey): string => `dates of ${objectRef('Secret', key)}`;

const datedOf = (secret: Secret, now: number): readonly Dated[] | undefined => {
  const { privateKey, revocations, type } = secret;
  const read = privateKey === undefined ? undefined : readCertificate(secret);
  const lists = revocations === undefined ? undefined : validityOfRevocations(revocations);
  if (read === undefined && lists === undefined) return undefined;
  const dated = ({ from, to }: Validity, what: Dated['what'], field: string): readonly Dated[] => [
    { what, field, from, to, standing: standingAt({ from, to }, now) },
  ];
  return [
    ...(read === undefined ? [] : dated(read, 'certificate', certificateField(type))),
    ...(lists === undefined ? [] : dated(lists, 'revocations', revocationsField)),
  ];
};

const problemsOfAll = (key: ObjectKey, dated: readonly Dated[] = []): readonly Problem[] =>
  dated.length === 0 ? noProblems : dated.flatMap((one) => problemsOf(key, one));

const problemsOf = (
  key: ObjectKey,
  { what, field, from, to, standing }: Dated,
): readonly Problem[] => {
  const at = { object: objectRef('Secret', key), field };
  const isCertificate = what === 'certificate';
  switch (standing) {
    case 'Good':
      return noProblems;
    case 'NotYetValid':
      return [
        {
          _tag: 'UnfitCertificate',
          ...at,
          reason: isCertificate
            ? `the certificate is not valid before ${dateOf(from)}; clients refuse it until then`
            : `a list of revocations is not good before ${dateOf(from)}; every certificate that is verified with it is refused until then`,
        },
      ];
    case 'Expired':
      return [
        {
          _tag: 'UnfitCertificate',
          ...at,
          reason: isCertificate
            ? `the certificate expired at ${dateOf(to)}; clients refuse it`
            : `a list of revocations expired at ${dateOf(to)}; every certificate that is verified with it is refused`,
        },
      ];
    case 'ExpiresSoon':
      return [
        {
          _tag: 'Note',
          ...at,
          note: `${isCertificate ? 'the certificate' : 'a list of revocations'} expires at ${dateOf(to)} and has not been renewed yet`,
          reason: 'CertificateExpiresSoon',
        },
      ];
  }
};

const dateOf = (at: number): string => new Date(at).toISOString().replace('.000', '');

import { InvalidArgumentError } from 'commander';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import { pipe } from 'fp-ts/lib/function.js';

import { readAuthoritiesFile } from '../edge/file/authorities-file.ts';
import { parseAddress, type SocketAddress, type TcpAddress } from '../edge/socket-address.ts';
import { addressPool } from '../ir/address/address-range.ts';
import { objectKey, type ObjectKey } from '../ir/object-ref.ts';
import type { SpecialUse } from '../ir/address/special-address.ts';
import { namespaceList } from '../kube/core/namespace-list.ts';
import { Namespace, ObjectName } from '../kube/core/object-meta.ts';
import { allowableUses } from '../translate/contribution/refused-addresses.ts';
import type { ReferenceGrant } from '../translate/translate-options.ts';

/** Reads an argument for commander; where `read` finds nothing, the user is told what was expected. */
export const argument =
  <A>(expected: string, read: (text: string) => O.Option<A>) =>
  (text: string): A =>
    pipe(
      read(text),
      O.getOrElse((): A => {
        throw new InvalidArgumentError(`expected ${expected}.`);
      }),
    );

/** Reads a whole number in a range. */
export const wholeNumber = (least: number, most: number): ((text: string) => number) =>
  argument(`a whole number from ${least} to ${most}`, (text) =>
    pipe(
      O.some(text),
      O.filter((digits) => digits.trim() !== ''),
      O.map(Number),
      O.filter((number) => Number.isInteger(number) && number >= least && number <= most),
    ),
  );

/** Reads a number above 0. */
export const positive: (text: string) => number = argument('a number above 0', (text) =>
  pipe(
    O.some(Number(text)),
    O.filter((number) => number > 0 && Number.isFinite(number)),
  ),
);

/** Reads an address of either sort. */
export const address: (text: string) => SocketAddress = argument('HOST:PORT or unix:PATH', (text) =>
  O.fromNullable(parseAddress(text)),
);

/** Reads a host and port. */
export const tcpAddress: (text: string) => TcpAddress = argument('HOST:PORT', (text) =>
  pipe(
    O.fromNullable(parseAddress(text)),
    O.filter((parsed) => parsed._tag === 'Tcp'),
  ),
);

/** What stands between commas. */
const listed = (text: string): readonly string[] => text.split(',').map((one) => one.trim());

/** Reads the names of namespaces. */
export const namespaces: (text: string) => readonly string[] = argument(
  'the names of namespaces, with commas between them',
  (text) =>
    pipe(
      O.some(namespaceList(text)),
      O.filter(({ others }) => others.length === 0),
      O.map(({ names }) => names),
    ),
);

/** Reads which namespaces may refer to which others. */
export const referenceGrants: (text: string) => readonly ReferenceGrant[] = argument(
  'pairs FROM:TO of namespaces, or * for each, with commas between them',
  (text) =>
    pipe(
      listed(text).filter((pair) => pair !== ''),
      O.traverseArray(grant),
    ),
);

const grant = (pair: string): O.Option<ReferenceGrant> => {
  const [from = '', to = '', ...more] = pair.split(':');
  return [from, to].every((one) => one === '*' || Namespace.is(one)) && more.length === 0
    ? O.some({ from, to })
    : O.none;
};

/** Reads special uses of addresses. */
export const specialUses: (text: string) => readonly SpecialUse[] = argument(
  `none, or with commas between them: ${allowableUses.join(', ')}`,
  (text) => {
    const words = text === 'none' ? [] : listed(text);
    const uses = allowableUses.filter((use) => words.includes(use));
    return uses.length === words.length ? O.some(uses) : O.none;
  },
);

/** Reads a pool of addresses, with commas or spaces between its entries; names the first that is none. */
export const addresses = (text: string): readonly string[] => {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
  if (entries.length === 0)
    throw new InvalidArgumentError('expected IP addresses, CIDR blocks or ranges FIRST-LAST.');
  return pipe(
    addressPool(entries),
    E.match(
      ({ entry, fault }): readonly string[] => {
        throw new InvalidArgumentError(`${JSON.stringify(entry)} ${fault}.`);
      },
      () => entries,
    ),
  );
};

/** Reads the namespace and name of a Service. */
export const service: (text: string) => ObjectKey = argument('NAMESPACE/NAME', (text) => {
  const [namespace = '', name = '', ...more] = text.split('/');
  return Namespace.is(namespace) && ObjectName.is(name) && more.length === 0
    ? O.some(objectKey(namespace, name))
    : O.none;
});

/** Reads a file of certificate authorities. */
export const authorities = (path: string): string =>
  pipe(
    readAuthoritiesFile(path),
    E.getOrElse((fault): string => {
      throw new InvalidArgumentError(`expected a file of PEM certificates; it ${fault}.`);
    }),
  );

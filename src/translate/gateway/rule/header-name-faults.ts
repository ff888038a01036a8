import { AddableHeaderName, RemovableHeaderName } from '../../../kube/codec/header-name.ts';
import type { HeaderModifier } from '../../../kube/gateway/filter.ts';

/** A header that Envoy does not change, or that must not change. */
interface HeaderNameFault {
  /** The place within the filter: `.set[0].name`. */
  readonly place: string;
  readonly expected: string;
  readonly got: string;
}

/**
 * The headers of a filter that cannot be set, added or removed: the API server admits all of them, but some frame
 * messages, and some say what only Envoy may say.
 */
export const headerNameFaults = ({
  set = [],
  add = [],
  remove = [],
}: HeaderModifier): readonly HeaderNameFault[] => [
  ...namesIn('set', set).filter(({ got }) => !AddableHeaderName.is(got)),
  ...namesIn('add', add).filter(({ got }) => !AddableHeaderName.is(got)),
  ...remove.flatMap((got, i) =>
    RemovableHeaderName.is(got)
      ? []
      : [{ place: `.remove[${i}]`, expected: RemovableHeaderName.name, got }],
  ),
];

const namesIn = (
  list: string,
  headers: readonly { readonly name: string }[],
): readonly HeaderNameFault[] =>
  headers.map(({ name: got }, i) => ({
    place: `.${list}[${i}].name`,
    expected: AddableHeaderName.name,
    got,
  }));

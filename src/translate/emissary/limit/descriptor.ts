import type { Descriptor, DescriptorEntry } from '../../../ir/filter/rate-limit.ts';
import type { RateLimitLabels } from '../../../kube/emissary/rate-limit-labels.ts';

/** One entry of a label, as it is written. */
type Specifier = RateLimitLabels[string][number][string][number];

/** What the entries of a label say; one with an empty text says nothing. */
export const descriptorOf = (specifiers: readonly Specifier[]): Descriptor =>
  specifiers.flatMap(entriesOf);

const entriesOf = (written: Specifier): readonly DescriptorEntry[] => {
  const { generic_key: generic, request_headers: header } = written;
  const entries: DescriptorEntry[] = [];
  if (written.source_cluster !== undefined) entries.push({ _tag: 'SourceCluster' });
  if (written.destination_cluster !== undefined) entries.push({ _tag: 'DestinationCluster' });
  if (written.remote_address !== undefined) entries.push({ _tag: 'RemoteAddress' });
  if (header !== undefined && header.key !== '')
    entries.push({
      _tag: 'RequestHeader',
      header: header.header_name,
      key: header.key,
      ...(header.omit_if_not_present === true && { optional: true }),
    });
  if (generic !== undefined && generic.value !== '')
    entries.push({
      _tag: 'Fixed',
      value: generic.value,
      ...(generic.key !== undefined && generic.key !== '' && { key: generic.key }),
    });
  return entries;
};

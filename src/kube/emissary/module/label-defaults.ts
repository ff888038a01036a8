import * as t from 'io-ts';

import { dictionary } from '../../codec/dictionary.ts';
import { list } from '../../codec/list.ts';
import { struct } from '../../codec/struct.ts';
import { Name } from '../../codec/text.ts';
import { Specifier } from '../rate-limit-labels.ts';

/** The keys of a Module that say which labels of rate limits Mappings have. */
export const labelDefaults = {
  default_label_domain: Name,
  /** By domain, the entries that come before those of each group of a Mapping. */
  default_labels: dictionary(t.string, struct({}, { defaults: list(Specifier) })),
};

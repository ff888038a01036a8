import type * as t from 'io-ts';

import { withCelRules } from '../codec/cel-rule.ts';
import { struct } from '../codec/struct.ts';
import { Address, Path } from '../codec/text.ts';
import { ageField, metaFields } from '../core/object-meta.ts';
import { AmbassadorId } from './ambassador-id.ts';
import { mappingDestination } from './mapping-destination.ts';
import { mappingHandling } from './mapping-handling.ts';
import { mappingMatch } from './mapping-match.ts';

/** getambassador.io Mapping: which requests go to which service, and what happens to them. */
export const Mapping = struct(
  {
    metadata: struct(metaFields, ageField),
    spec: withCelRules(
      struct(
        { prefix: Path, service: Address },
        {
          ambassador_id: AmbassadorId,
          ...mappingMatch,
          ...mappingDestination,
          ...mappingHandling,
        },
      ),
      {
        rule:
          '[has(self.path_redirect), has(self.prefix_redirect), has(self.regex_redirect)]' +
          '.filter(x, x).size() <= 1',
        message: 'expected at most one of path_redirect, prefix_redirect, regex_redirect',
        fieldPath: '.path_redirect',
      },
      {
        rule:
          "has(self.hostname) || !has(self.host) || !self.host.contains('*') || " +
          '(has(self.host_regex) && self.host_regex)',
        message: 'expected a host without "*" (hostname takes patterns)',
        fieldPath: '.host',
      },
    ),
  },
  {},
);
export type Mapping = t.TypeOf<typeof Mapping>;

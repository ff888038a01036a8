import {
  HeaderValueOptionHeaderAppendAction,
  type Mutation_rulesHeaderMutation as HeaderMutation,
  type TypedExtensionConfig,
} from '../../../proto/envoy.ts';
import { reservedPrefixes } from '../../ir/header/reserved-header.ts';
import { serverNameHeader } from '../../ir/server-name.ts';
import { any } from '../message/encode.ts';
import { shardHeader } from '../shard/internal-header.ts';
import type { Routing } from './routing.ts';

/**
 * What happens to the headers of a request before Envoy itself looks at them.
 *
 * What only Envoy and Headgate may say is taken off first, also what Envoy does not take off itself
 * (`x-envoy-attempt-count`, `x-envoy-original-dst-host`) and what a later one may come to believe.
 *
 * Then the request is given the scope of the whole table. If the table is cut, that scope is a
 * gate: it turns on the first filter, which finds the piece. A client that sent no server name
 * counts as having sent `*`, because Envoy does not set a header to an empty value.
 */
export const earlyHeaders = ({ table, scoped, asksServerName }: Routing): TypedExtensionConfig => ({
  name: 'envoy.http.early_header_mutation.header_mutation',
  typed_config: any(
    'envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation',
    {
      mutations: [
        ...unreserved,
        ...(scoped ? [set(shardHeader, table)] : []),
        ...(asksServerName === true
          ? [set(serverNameHeader, '*'), set(serverNameHeader, '%REQUESTED_SERVER_NAME%')]
          : []),
      ],
    },
  ),
});

const unreserved: readonly HeaderMutation[] = reservedPrefixes.map((prefix) => ({
  remove_on_match: { key_matcher: { prefix } },
}));

const set = (key: string, value: string): HeaderMutation => ({
  append: {
    header: { key, value },
    append_action: HeaderValueOptionHeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD,
  },
});

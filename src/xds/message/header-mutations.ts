import {
  HeaderValueOptionHeaderAppendAction,
  type HeaderValueOption,
  type RouteRoute as RouteMessage,
} from '../../../proto/envoy.ts';
import { noMutation, type HeaderMutation, type HeaderValue } from '../../ir/header-mutation.ts';
import { headerFormat } from '../../ir/header/header-format.ts';

/** What is done to the headers of requests and responses: a route and a share of one say it alike. */
export const headerMutations = ({
  requestHeaders = noMutation,
  responseHeaders = noMutation,
}: {
  readonly requestHeaders?: HeaderMutation;
  readonly responseHeaders?: HeaderMutation;
}): RequestMutation &
  Pick<RouteMessage, 'response_headers_to_add' | 'response_headers_to_remove'> => ({
  ...requestMutation(requestHeaders),
  ...(responseHeaders.add.length > 0 && {
    response_headers_to_add: responseHeaders.add.map(headerValueOption),
  }),
  ...(responseHeaders.remove.length > 0 && { response_headers_to_remove: responseHeaders.remove }),
});

type RequestMutation = Pick<RouteMessage, 'request_headers_to_add' | 'request_headers_to_remove'>;

/** What is done to the headers of requests. */
export const requestMutation = ({ add, remove }: HeaderMutation): RequestMutation => ({
  ...(add.length > 0 && { request_headers_to_add: add.map(headerValueOption) }),
  ...(remove.length > 0 && { request_headers_to_remove: remove }),
});

/** A header to add or replace. */
export const headerValueOption = ({ name, value, append }: HeaderValue): HeaderValueOption => ({
  header: { key: name, value: headerFormat(value) },
  append_action: append
    ? HeaderValueOptionHeaderAppendAction.APPEND_IF_EXISTS_OR_ADD
    : HeaderValueOptionHeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD,
});

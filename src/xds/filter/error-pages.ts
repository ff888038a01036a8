import type { XdsMatcherMatcherListFieldMatcher as Choice } from '../../../proto/envoy.ts';
import type { ErrorPage, ErrorPages, ErrorPagesFilter } from '../../ir/filter/error-pages.ts';
import { any } from '../message/encode.ts';
import { pageFormat, pageHeaders } from '../message/error-page.ts';
import type { FilterKind } from './filter-kind.ts';

/** Replaces answers by their status; a route without pages of its own keeps them. */
export const errorPages: FilterKind<ErrorPagesFilter, ErrorPages> = {
  config: () => any('envoy.extensions.filters.http.custom_response.v3.CustomResponse', {}),
  forRoute: ({ pages }) =>
    any('envoy.extensions.filters.http.custom_response.v3.CustomResponse', {
      custom_response_matcher: { matcher_list: { matchers: pages.map(choice) } },
    }),
};

const choice = (page: ErrorPage): Choice => ({
  predicate: {
    single_predicate: {
      input: {
        name: 'status',
        typed_config: any('envoy.type.matcher.v3.HttpResponseStatusCodeMatchInput', {}),
      },
      value_match: { exact: `${page.status}` },
    },
  },
  on_match: {
    action: {
      name: 'page',
      typed_config: any(
        'envoy.extensions.http.custom_response.local_response_policy.v3.LocalResponsePolicy',
        { body_format: pageFormat(page), response_headers_to_add: pageHeaders(page) },
      ),
    },
  },
});

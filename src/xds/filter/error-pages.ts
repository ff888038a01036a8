import type {
  SubstitutionFormatString,
  XdsMatcherMatcherListFieldMatcher as Choice,
} from '../../../proto/envoy.ts';
import type { ErrorPage, ErrorPages, ErrorPagesFilter } from '../../ir/filter/error-pages.ts';
import { headerFormat } from '../../ir/header/header-format.ts';
import type { HeaderMutation } from '../../ir/header-mutation.ts';
import { any } from '../message/encode.ts';
import { headerMutations } from '../message/header-mutations.ts';
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
        { body_format: format(page), ...headerMutations({ responseHeaders: contentType(page) }) },
      ),
    },
  },
});

const format = ({ body }: ErrorPage): SubstitutionFormatString =>
  body._tag === 'Text'
    ? { text_format_source: { inline_string: headerFormat(body.text) } }
    : {
        json_format: {
          fields: Object.fromEntries(
            Object.entries(body.fields)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([name, text]) => [name, { stringValue: headerFormat(text) }]),
          ),
        },
      };

/** Envoy does not say what a page is, even where its format does (measured on 1.40.0). */
const contentType = ({ body, contentType: written }: ErrorPage): HeaderMutation => {
  const value = written ?? (body._tag === 'Json' ? 'application/json' : 'text/plain');
  return { add: [{ name: 'content-type', value, append: false }], remove: [] };
};

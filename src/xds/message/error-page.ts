import type { HeaderValueOption, SubstitutionFormatString } from '../../../proto/envoy.ts';
import type { ErrorPage } from '../../ir/filter/error-pages.ts';
import { headerFormat } from '../../ir/header/header-format.ts';
import { headerValueOption } from './header-mutations.ts';

/** The body of a page. */
export const pageFormat = ({ body }: ErrorPage): SubstitutionFormatString =>
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
export const pageHeaders = ({
  body,
  contentType: written,
}: ErrorPage): readonly HeaderValueOption[] => {
  const value = written ?? (body._tag === 'Json' ? 'application/json' : 'text/plain');
  return [headerValueOption({ name: 'content-type', value, append: false })];
};

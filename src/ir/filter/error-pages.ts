import type { ObjectRef } from '../object-ref.ts';
import type { FilterName } from './filter-name.ts';

/** The name of the filter: one for all routes, of which each that asks for it has pages of its own. */
export const errorPagesFilter: FilterName = 'error pages';

/** Replaces answers of routes that say so; on others it does nothing. */
export interface ErrorPagesFilter {
  readonly _tag: 'ErrorPages';
  readonly from: readonly ObjectRef[];
}

/** What a route answers in place of errors; of two pages for one status the first counts. */
export interface ErrorPages {
  readonly _tag: 'ErrorPages';
  readonly pages: readonly ErrorPage[];
}

/** What is answered in place of an answer with a status, whether Envoy gave that or an upstream. */
export interface ErrorPage {
  readonly status: number;
  /** Absent: `text/plain` for a text, `application/json` for an object. */
  readonly contentType?: string;
  readonly body: ErrorBody;
}

/** A text or a JSON object of texts; commands of Envoy in them are put into effect. */
type ErrorBody =
  | { readonly _tag: 'Text'; readonly text: string }
  | { readonly _tag: 'Json'; readonly fields: Readonly<Record<string, string>> };

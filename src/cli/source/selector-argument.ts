import * as O from 'fp-ts/lib/Option.js';

import { argument } from '../argument.ts';

/** Reads a selector by labels, in the form that `kubectl` takes. */
export const labelSelector: (text: string) => string = argument(
  'labels as in app=shop,track!=canary,tier in (web, api),!internal',
  (text) => selectorOf(text, /,(?![^()]*\))/, isLabelRequirement),
);

/** Reads a selector by fields, in the form that `kubectl` takes. */
export const fieldSelector: (text: string) => string = argument(
  'fields as in metadata.name=shop,metadata.namespace!=test',
  (text) => selectorOf(text, ',', (one) => /^[A-Za-z][\w.]*\s*(?:==?|!=)\s*[^=!]*$/.test(one)),
);

/** An empty selector selects everything. */
const selectorOf = (
  text: string,
  between: RegExp | string,
  isRequirement: (text: string) => boolean,
): O.Option<string> =>
  text.trim() === '' ||
  (text.length <= longest && text.split(between).every((one) => isRequirement(one.trim())))
    ? O.some(text)
    : O.none;

const longest = 4096;

const isLabelRequirement = (text: string): boolean => {
  const [, no, key = '', rest = ''] = /^(!?)\s*([^\s=!(]+)\s*(.*)$/.exec(text) ?? [];
  if (!isKey.test(key)) return false;
  if (rest === '') return true;
  const [, single] = /^(?:==?|!=)\s*(\S*)$/.exec(rest) ?? [];
  const [, listed] = /^(?:in|notin)\s*\(([^()]*)\)$/.exec(rest) ?? [];
  const values = single === undefined ? listed?.split(',') : [single];
  return no === '' && values?.every((value) => isValue.test(value.trim())) === true;
};

const isKey = /^(?:[a-z0-9][-a-z0-9.]{0,252}\/)?[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?$/;

const isValue = /^(?:[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?)?$/;

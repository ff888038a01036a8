import * as fc from 'fast-check';

import type { Schema } from '../../../build/schema.ts';
import { valuesOf } from './values-of-schema.ts';

/** Specs of a kind of the Gateway API, made from its schema, of which many meet the rules of admission too. */
export const specsOf = (schema: Schema): fc.Arbitrary<unknown> => valuesOf(schema).map(tidied);

/** What is at odds with itself is made to agree: without that, rules would refuse nearly everything. */
const tidied = (value: unknown, field = ''): unknown => {
  if (Array.isArray(value)) return listed(field, value);
  if (typeof value === 'string') return field in wellFormed ? wellFormed[field] : value;
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, tidied(inner, name)]),
  );
  return (agreeing[field] ?? same)(fields);
};

/** Texts whose form few values have by chance. */
const wellFormed: Readonly<Record<string, string>> = {
  controllerName: 'a.example/b',
  group: '',
  kind: 'Service',
  namespace: 'a',
};

type Fields = Readonly<Record<string, unknown>>;

const same = (fields: Fields): Fields => fields;

const listed = (field: string, values: readonly unknown[]): readonly unknown[] => {
  const entries = values.map((one) => tidied(one, `${field}[]`));
  switch (field) {
    case 'filters':
      return entries.filter(
        (one, i) => hasOwnField(one) && typesOf(entries).indexOf(typeOf(one)) === i,
      );
    case 'listeners':
      return entries.map((one, i) => Object.assign({}, one, { name: `l${i}`, port: i + 1 }));
    case 'parentRefs':
    case 'targetRefs':
    case 'rules':
    case 'matches':
      return entries.slice(0, 1);
    default:
      return entries;
  }
};

const typeOf = (filter: unknown): unknown => (filter as Fields | null)?.['type'];

const typesOf = (filters: readonly unknown[]): readonly unknown[] => filters.map(typeOf);

/** The field of a filter that its type names. */
const ownField: Readonly<Record<string, string>> = {
  RequestHeaderModifier: 'requestHeaderModifier',
  ResponseHeaderModifier: 'responseHeaderModifier',
  RequestMirror: 'requestMirror',
  RequestRedirect: 'requestRedirect',
  URLRewrite: 'urlRewrite',
  CORS: 'cors',
  ExtensionRef: 'extensionRef',
};

const hasOwnField = (filter: unknown): boolean => {
  const own = ownField[String(typeOf(filter))];
  return own === undefined || (filter as Fields)[own] !== undefined;
};

const withoutOthers = (fields: Fields): Fields => {
  const own = ownField[String(fields['type'])];
  return own === undefined ? fields : { type: fields['type'], [own]: fields[own] };
};

const only = (fields: Fields, ...names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));

const withPort = (fields: Fields): Fields => ({ ...fields, port: fields['port'] ?? 80 });

const agreeing: Readonly<Record<string, (fields: Fields) => Fields>> = {
  'filters[]': withoutOthers,
  'backendRefs[]': withPort,
  backendRef: withPort,
  'parentRefs[]': (fields) => only(fields, 'name', 'namespace', 'sectionName'),
  'listeners[]': (fields) => {
    const isTls = fields['protocol'] === 'HTTPS' || fields['tls'] !== undefined;
    const tls = { ...(fields['tls'] as Fields | undefined), mode: 'Terminate' };
    const certificateRefs = [{ name: 'a' }];
    const { tls: _, ...rest } = fields;
    return isTls
      ? { ...rest, protocol: 'HTTPS', tls: { certificateRefs, ...tls } }
      : { ...rest, protocol: 'HTTP' };
  },
  namespaces: (fields) =>
    fields['from'] === 'Selector'
      ? { selector: { matchLabels: { a: 'b' } }, ...fields }
      : only(fields, 'from'),
  validation: (fields) =>
    fields['caCertificateRefs'] === undefined
      ? { wellKnownCACertificates: 'System', ...fields }
      : fields,
};

import { definedOnly } from '../../../collection/defined-only.ts';
import { noMutation, type HeaderMutation } from '../../../ir/header-mutation.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type {
  Cors,
  HttpRouteFilter,
  RequestMirror,
  RequestRedirect,
  UrlRewrite,
} from '../../../kube/gateway/filter.ts';
import { refFault, type RefFault } from '../backend/ref-fault.ts';
import { headerMutation } from './header-effects.ts';
import { headerNameFaults } from './header-name-faults.ts';
import { ruleFault, type RuleFault } from './rule-fault.ts';

/** What the filters of a rule, or of one of its backends, do. */
export interface Effects {
  readonly requestHeaders: HeaderMutation;
  readonly responseHeaders: HeaderMutation;
  readonly mirrors: readonly AskedMirror[];
  readonly redirect?: RequestRedirect;
  readonly rewrite?: UrlRewrite;
  readonly cors?: Cors;
}

/** A mirror, and the field that asks for it. */
export interface AskedMirror {
  readonly field: string;
  readonly mirror: RequestMirror;
}

/** What the filters do, and why they cannot be followed. */
export interface ReadFilters {
  readonly effects: Effects;
  /** The fields that ask for effects. */
  readonly places: Places;
  readonly faults: readonly RuleFault[];
  /** Filters that are objects: we know no such kind. */
  readonly unknown: readonly RefFault[];
}

interface Places {
  readonly redirect: string;
  readonly rewrite: string;
  readonly cors: string;
}

/** Reads filters. None is skipped: what cannot be followed is a fault. */
export const readFilters = (
  object: ObjectRef,
  field: string,
  filters: readonly HttpRouteFilter[],
): ReadFilters => {
  if (filters.length === 0) return none;
  const only = <T>(get: (filter: HttpRouteFilter) => T | undefined): T | undefined =>
    filters.map(get).find((one) => one !== undefined);
  const requestHeaders = only((one) => settings(one, 'RequestHeaderModifier'));
  const responseHeaders = only((one) => settings(one, 'ResponseHeaderModifier'));
  return {
    effects: definedOnly<Effects>({
      requestHeaders: requestHeaders === undefined ? noMutation : headerMutation(requestHeaders),
      responseHeaders: responseHeaders === undefined ? noMutation : headerMutation(responseHeaders),
      mirrors: filters.flatMap((one, i) => {
        const mirror = settings(one, 'RequestMirror');
        return mirror === undefined ? [] : [{ field: `${field}[${i}].requestMirror`, mirror }];
      }),
      redirect: only((one) => settings(one, 'RequestRedirect')),
      rewrite: only((one) => settings(one, 'URLRewrite')),
      cors: only((one) => settings(one, 'CORS')),
    }),
    places: {
      redirect: `${field}[${indexOf(filters, 'RequestRedirect')}].requestRedirect`,
      rewrite: `${field}[${indexOf(filters, 'URLRewrite')}].urlRewrite`,
      cors: `${field}[${indexOf(filters, 'CORS')}].cors`,
    },
    faults: filterFaults(object, field, filters),
    unknown: filters.flatMap(({ type, extensionRef }, i) =>
      type !== 'ExtensionRef' || extensionRef === undefined
        ? []
        : [
            refFault('InvalidKind', {
              _tag: 'InvalidField',
              object,
              field: `${field}[${i}].extensionRef`,
              expected: 'a filter of another type, because no kind of objects is known as a filter',
              got: `${extensionRef.kind}.${extensionRef.group} ${extensionRef.name}`,
            }),
          ],
    ),
  };
};

/** Does nothing. */
const noEffects: Effects = {
  requestHeaders: noMutation,
  responseHeaders: noMutation,
  mirrors: [],
};

const none: ReadFilters = {
  effects: noEffects,
  places: { redirect: '', rewrite: '', cors: '' },
  faults: [],
  unknown: [],
};

const indexOf = (filters: readonly HttpRouteFilter[], type: string): number =>
  filters.findIndex((filter) => filter.type === type);

/** The field that counts for each type of filter that is followed. */
const fields = {
  RequestHeaderModifier: 'requestHeaderModifier',
  ResponseHeaderModifier: 'responseHeaderModifier',
  RequestMirror: 'requestMirror',
  RequestRedirect: 'requestRedirect',
  URLRewrite: 'urlRewrite',
  CORS: 'cors',
  ExtensionRef: 'extensionRef',
} as const;

type Fields = typeof fields;

/** The settings of a filter, if it is of the type. */
const settings = <T extends keyof Fields>(
  filter: HttpRouteFilter,
  type: T,
): HttpRouteFilter[Fields[T]] | undefined =>
  filter.type === type ? filter[fields[type]] : undefined;

/** The settings of filters of other types. */
const othersIn = (filter: HttpRouteFilter, type: keyof Fields): readonly string[] =>
  ([...Object.values(fields), 'externalAuth'] as const).filter(
    (name) => name !== fields[type] && filter[name] !== undefined,
  );

const isKnown = (type: string): type is keyof Fields => Object.hasOwn(fields, type);

/** These may stand several times. */
const repeatable: ReadonlySet<string> = new Set(['RequestMirror', 'ExtensionRef']);

const modifiers = ['RequestHeaderModifier', 'ResponseHeaderModifier'] as const;

const filterFaults = (
  object: ObjectRef,
  field: string,
  filters: readonly HttpRouteFilter[],
): readonly RuleFault[] => {
  const types = filters.map(({ type }) => type);
  const fault = (reason: RuleFault['reason'], place: string, expected: string, got: string) =>
    ruleFault(reason, { _tag: 'InvalidField', object, field: `${field}${place}`, expected, got });
  return [
    ...filters.flatMap((filter, i): readonly RuleFault[] => {
      const { type } = filter;
      if (!isKnown(type)) return [fault('UnsupportedValue', `[${i}].type`, followed, type)];
      if (filter[fields[type]] === undefined)
        return [fault('UnsupportedValue', `[${i}].${fields[type]}`, `settings of ${type}`, 'none')];
      const [other] = othersIn(filter, type);
      if (other !== undefined)
        return [fault('UnsupportedValue', `[${i}].${other}`, `nothing beside ${type}`, 'settings')];
      return !repeatable.has(type) && types.indexOf(type) < i
        ? [fault('IncompatibleFilters', `[${i}].type`, 'each filter once', `${type} again`)]
        : [];
    }),
    ...modifiers.flatMap((type) =>
      filters.flatMap((filter, i) =>
        headerNameFaults(settings(filter, type) ?? {}).map(({ place, expected, got }) =>
          fault('UnsupportedValue', `[${i}].${fields[type]}${place}`, expected, got),
        ),
      ),
    ),
    ...incompatible
      .filter((pair) => pair.every((type) => types.includes(type)))
      .map(([one, other]) =>
        fault('IncompatibleFilters', '', `no ${other} beside ${one}`, types.join(', ')),
      ),
  ];
};

const followed = `one of ${Object.keys(fields).join(', ')}`;

/** A redirect sends the request nowhere. */
const incompatible = [
  ['RequestRedirect', 'URLRewrite'],
  ['RequestRedirect', 'RequestMirror'],
] as const;

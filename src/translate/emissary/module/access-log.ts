import { defaultFields, emissaryLog, type AccessLog } from '../../../ir/access-log/access-log.ts';
import { logFormatFault } from '../../../ir/access-log/log-format.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { ModulePartOf } from '../../../kube/emissary/module/module-keys.ts';
import type { Problem } from '../../../problem/problem.ts';

type Said = ModulePartOf<'log'>;

/** What is written down where a Module says this; absent: what the operator says. */
interface ModuleLog {
  readonly log?: AccessLog;
  readonly problems: readonly Problem[];
}

/**
 * Reads what a Module says of the access log. One whose operator writes nothing down stays so, and where anything
 * is wrong it is as the operator says.
 */
export const moduleLog = (
  object: ObjectRef,
  said: Said,
  operators: AccessLog | 'off' = 'off',
): ModuleLog => {
  if (Object.keys(said).length === 0) return nothingSaid;
  if (operators === 'off')
    return {
      problems: Object.keys(said).map((key) => ({
        ...{ _tag: 'Note', object, field: `spec.config.${key}` },
        note: 'no effect: the operator has turned the access log off',
      })),
    };
  const problems = faultsOf(object, said);
  if (problems.length > 0) return { problems };
  const { envoy_log_path: path = '' } = said;
  const log = formatOf(said) ?? operators;
  return { log: path === '' || isStandardOutput(path) ? log : { ...log, to: path }, problems };
};

const nothingSaid: ModuleLog = { problems: [] };

const isStandardOutput = (path: string): boolean => ['/dev/fd/1', '/dev/stdout'].includes(path);

/** A format without a type is a line of text. */
const typeOf = ({ envoy_log_type: type, envoy_log_format: format }: Said) =>
  type ?? (format === undefined ? undefined : 'text');

const formatOf = (said: Said): AccessLog | undefined => {
  const { envoy_log_format: format } = said;
  switch (typeOf(said)) {
    case undefined:
      return undefined;
    case 'text':
      return typeof format === 'string' && format !== ''
        ? { _tag: 'Text', line: format.replace(/\n$/, '') }
        : emissaryLog;
    case 'json':
    case 'typed_json':
      return { _tag: 'Json', fields: typeof format === 'object' ? format : defaultFields };
  }
};

const faultsOf = (object: ObjectRef, said: Said): readonly Problem[] => {
  const { envoy_log_format: format, envoy_log_path: path = '' } = said;
  const invalid = (field: string, expected: string, got: string): Problem => ({
    ...{ _tag: 'InvalidField', object, field: `spec.config.${field}` },
    ...{ expected, got },
  });
  const wanted = typeOf(said) === 'text' ? 'string' : 'object';
  const texts: readonly (readonly [string, string])[] =
    typeof format === 'object'
      ? Object.entries(format).map(([name, text]) => [`envoy_log_format.${name}`, text])
      : [['envoy_log_format', (format ?? '').replace(/\n$/, '')]];
  return [
    ...(format !== undefined && typeof format !== wanted
      ? [
          invalid(
            'envoy_log_format',
            wanted === 'string'
              ? 'a string with envoy_log_type text'
              : `an object with envoy_log_type ${typeOf(said)}`,
            `${typeof format === 'object' ? 'an' : 'a'} ${typeof format}`,
          ),
        ]
      : []),
    ...texts.flatMap(([field, text]) => {
      const fault = logFormatFault(text);
      return fault === undefined
        ? []
        : [invalid(field, 'a format for an access log', `one that ${fault}`)];
    }),
    ...(path === '' || path.startsWith('/')
      ? []
      : [invalid('envoy_log_path', 'a path that begins with /', JSON.stringify(path))]),
  ];
};

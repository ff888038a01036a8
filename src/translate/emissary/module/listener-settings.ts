import { definedOnly } from '../../../collection/defined-only.ts';
import type { AccessLog } from '../../../ir/access-log/access-log.ts';
import type { HttpSettings } from '../../../ir/http-options.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import { moduleLog } from './access-log.ts';
import { httpSettings } from './http-settings.ts';
import type { ModuleSettings } from './module-settings.ts';

/** What a Module says of all listeners. */
export interface ListenerSettings {
  readonly http?: HttpSettings;
  readonly bufferLimit?: number;
  readonly accessLog?: AccessLog;
  /** The Module, where it says anything of them. */
  readonly from?: readonly ObjectRef[];
}

/** What the Module says of all listeners; nothing where there is none. */
export const listenerSettings = (
  { http, log, from, notFound }: Pick<ModuleSettings, 'http' | 'log' | 'from' | 'notFound'>,
  accessLog: AccessLog | 'off' | undefined,
): ListenerSettings => {
  const settings = definedOnly<ListenerSettings>({
    http: httpSettings(http, notFound),
    bufferLimit: http.buffer_limit_bytes,
    accessLog: from === undefined ? undefined : moduleLog(from, log, accessLog).log,
  });
  return from === undefined || Object.keys(settings).length === 0
    ? settings
    : { ...settings, from: [from] };
};

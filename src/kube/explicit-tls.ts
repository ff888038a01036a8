import { oneOf } from './one-of.ts';
import { struct } from './struct.ts';
import { pattern } from './text.ts';

/** How an object that was converted once said TLS in v2; it has no effect. */
export const ExplicitTls = struct(
  {},
  {
    serviceScheme: pattern(
      'a scheme ("http://" or "https://")',
      8,
      /^([hH][tT][tT][pP][sS]?:\/\/)?$/,
    ),
    tls: oneOf('', 'null', 'bool:true', 'bool:false', 'string'),
  },
);

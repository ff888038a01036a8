import { oneOf } from '../codec/one-of.ts';
import { struct } from '../codec/struct.ts';
import { pattern } from '../codec/text.ts';

/** What an object that was once converted said about TLS in v2; it has no effect. */
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

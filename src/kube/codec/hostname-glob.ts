import { withCelRules } from './cel-rule.ts';
import { Hostname } from './text.ts';

/** A host name, perhaps with one `*` at one end. */
export const HostnameGlob = withCelRules(Hostname, {
  rule: "self.matches('^([*]?[^*]*|[^*]*[*])$')",
  message: 'expected a host name with at most one "*", at one end',
});

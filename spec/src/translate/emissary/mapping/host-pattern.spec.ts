import test from 'ava';
import { RE2JS } from 're2js';

import { hostPattern } from '../../../../../src/translate/emissary/mapping/host-pattern.ts';

const matches = test.macro({
  exec(t, pattern: string, authority: string, expected?: boolean) {
    t.is(RE2JS.compile(hostPattern(pattern)).matches(authority), expected ?? true);
  },
  title: (_, pattern: string, authority: string, expected?: boolean) =>
    `${pattern} ${expected === false ? 'does not take' : 'takes'} ${authority}`,
});

test(matches, 'ra\\.example', 'ra.example');
test(matches, 'ra\\.example', 'RA.Example:8080');
test(matches, '^(ra|rb)\\.example$', 'rb.example:8080');
test(matches, '^ra\\.example$|^rb\\.example$', 'ra.example:8080');
test(matches, '^ra\\.example(:80)?$', 'ra.example:80');
test(matches, 'r[a$]\\.example', 'r$.example:1');
test(matches, 'r[]$]\\.example', 'r].example:1');
test(matches, 'r\\$', 'r$:1');
test(matches, '\\Qr$a', 'r$a:1');
test(matches, '\\Qr$a\\E\\.b', 'r$a.b:1');

test(matches, 'ra\\.example', 'ra.example.org', false);
test(matches, 'ra\\.example', 'a.ra.example', false);
test(matches, '^ra\\.example$', 'ra.example:80x', false);
test(matches, '\\Qr$a', 'r', false);

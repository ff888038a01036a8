import test from 'ava';

import { nearest } from '../../../src/problem/nearest.ts';

const fields = ['host', 'hostname', 'prefix', 'prefix_regex', 'timeout_ms', 'idle_timeout_ms'];

const means = test.macro({
  exec: (t, written: string, meant: string | undefined) => {
    t.is(nearest(written, fields), meant);
    t.is(nearest(written, fields.toReversed()), meant);
  },
  title: (name = '') => `the nearest word: ${name}`,
});

test('a letter too many', means, 'prefixx', 'prefix');
test('letters that are missing', means, 'timeout', 'timeout_ms');
test('two letters exchanged', means, 'hostnmae', 'hostname');
test('two letters of a short word exchanged', means, 'hsot', 'host');
test('other capital letters', means, 'Prefix_Regex', 'prefix_regex');
test('no line between words', means, 'timeoutMs', 'timeout_ms');
test('a third of the letters is wrong', means, 'prexxx', 'prefix');
test('more letters are wrong', means, 'prxxxx', undefined);
test('nothing is near a word of two letters', means, 'ho', undefined);
test('nothing is near a text that goes on and on', means, 'prefix'.repeat(1000), undefined);

test('of two words as near as each other the first of the alphabet is the nearest', (t) => {
  t.is(nearest('cat', ['hat', 'bat']), 'bat');
});

import test from 'ava';

import {
  aHost,
  aListener,
  createdIn,
  problemLines,
  translated,
} from '../../../../_support/world/builders.ts';

const others = { hostBinding: { selector: { matchLabels: { a: 'b' } } } };
const first = createdIn(2024, aListener('default/first', others));
const second = createdIn(2025, aListener('default/second'));
const open = aListener('default/open', { port: 8081 });
const host = aHost('default/a');

const told = (...objects: readonly (typeof host)[]): readonly string[] =>
  problemLines(translated(host, ...objects)).filter((line) => line.startsWith('Host'));

test('a Host beside whose open Listener another one has lost its port is told', (t) => {
  t.deepEqual(told(first, second, open), [
    'Host default/a: not served on all its Listeners, because Listener default/second is not open: Listener default/first has port 8080',
  ]);
});

test('it is told nothing of a Listener that does not take it, or is for no Hosts', (t) => {
  t.deepEqual(told(first, createdIn(2025, aListener('default/second', others)), open), []);
  t.deepEqual(told(open, aListener('default/raw', { port: 9000, protocol: 'UDP' })), []);
});

test('it is told nothing where the Listener that has the port takes it, too', (t) => {
  t.deepEqual(told(createdIn(2024, aListener('default/first')), second), []);
});

import test from 'ava';

import { headerMutation } from '../../../../../src/translate/gateway/rule/header-effects.ts';

test('of headers with one name, in upper or lower case, the first is set, and the first is added', (t) => {
  const twice = (value: string) => [
    { name: 'X-A', value },
    { name: 'x-b', value },
    { name: 'x-a', value: 'later' },
  ];
  t.deepEqual(
    headerMutation({ set: twice('set'), add: twice('added') }).add.map(
      ({ name, value }) => `${name} ${value}`,
    ),
    ['X-A set', 'x-b set', 'X-A added', 'x-b added'],
  );
});

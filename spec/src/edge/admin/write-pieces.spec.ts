import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import test from 'ava';

import { writePieces } from '../../../../src/edge/admin/write-pieces.ts';

/** As many pieces as are taken, and how many that were. */
const endless = () => {
  const made = { pieces: 0, isOver: false };
  const pieces = function* (): Generator<string> {
    try {
      for (;;) {
        made.pieces += 1;
        yield 'x'.repeat(1000);
      }
    } finally {
      made.isOver = true;
    }
  };
  return { made, pieces: pieces() };
};

test('all of a text arrives', async (t) => {
  const to = new PassThrough();
  const pieces = Array.from({ length: 100_000 }, (_, n) => `${n} `);
  const [arrived] = await Promise.all([text(to), writePieces(to, pieces)]);
  t.is(arrived, pieces.join(''));
});

test('no more is made than is taken, and nothing for one who is gone', async (t) => {
  const to = new PassThrough();
  const { made, pieces } = endless();
  const written = writePieces(to, pieces);
  await once(to, 'readable');
  to.destroy();
  await written;
  t.true(made.isOver);
  t.true(made.pieces < 1000, `${made.pieces} pieces`);
});

test('others have their turn while a text is made', async (t) => {
  const to = new PassThrough().resume();
  const { made, pieces } = endless();
  const written = writePieces(to, pieces);
  let turns = 0;
  await new Promise<void>((resolve) => {
    const count = (): void => {
      turns += 1;
      if (made.pieces > 10_000) resolve();
      else setImmediate(count);
    };
    count();
  });
  t.true(turns > 50, `${turns} turns`);
  to.destroy();
  await written;
});

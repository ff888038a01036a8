import test from 'ava';

import { importsOf, sourcesIn } from '../../../_support/repository/sources.ts';

test('the language of the Gateway API can be deleted with one line', (t) => {
  const folder = 'src/translate/gateway/';
  t.deepEqual(
    sourcesIn('src', 'streams')
      .filter(({ path }) => !path.startsWith(folder))
      .flatMap((source) =>
        importsOf(source)
          .filter((imported) => imported.startsWith(folder))
          .map((imported) => [source.path, imported]),
      ),
    [['src/translate/translate.ts', `${folder}gateway.ts`]],
  );
});

import { readFileSync } from 'node:fs';

import test from 'ava';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
}

const schema = JSON.parse(readFileSync('k8s/chart/values.schema.json', 'utf8')) as Schema;

const valuesIn = ({ properties = {} }: Schema, path = ''): readonly string[] =>
  Object.entries(properties).flatMap(([name, inner]) => [
    `${path}${name}`,
    ...valuesIn(inner, `${path}${name}.`),
  ]);

/** The rows of the table that maps values of Emissary's chart: what is written as code left and right, and the right text. */
const rows = (
  readFileSync('docs/moving-from-emissary.md', 'utf8')
    .split('\n## ')
    .find((section) => section.startsWith('Values of the chart')) ?? ''
)
  .split('\n')
  .filter((line) => line.startsWith('| `') || line.startsWith('| other'))
  .map((line) => {
    const [, left = '', right = ''] = line.split('|');
    return { left: codeIn(left), right: right.trim(), named: codeIn(right) };
  });

function codeIn(text: string): readonly string[] {
  return [...text.matchAll(/`([a-z]\w+(?:\.\w+)*)`/gi)].map(([, code = '']) => code);
}

test('what a value of Emissary becomes is a value of the chart', (t) => {
  const values = valuesIn(schema);
  const meant = rows.flatMap(({ left, right, named }) =>
    right.startsWith('the same') ? left : right.startsWith('none') ? [] : named,
  );

  t.true(rows.length > 30);
  t.deepEqual(
    meant.filter((name) => !values.includes(name)),
    [],
  );
});

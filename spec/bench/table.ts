import type { Results, Row } from './main.ts';

/** The results of a run as a page of Markdown. */
export const markdown = ({ node, cores, processor, samples, rows, starts }: Results): string => {
  const least = Math.min(...rows.map(({ n }) => n));
  return [
    '# Results of `npm run bench`',
    '',
    `Node ${node}, ${cores} cores (${processor}), ${samples} samples a row after a warm-up.`,
    'From a JSON object that changed to the last byte of xDS that follows from it, in milliseconds;',
    `in parentheses the ratio to N = ${least}.`,
    '',
    line('layout', 'change', 'N', 'p50', 'p99', 'max', 'p50 to first bytes', 'bytes'),
    line(...Array.from({ length: 8 }, () => '---')),
    ...rows.map((row) => {
      const base = rows.find(
        ({ layout, change, n }) => layout === row.layout && change === row.change && n === least,
      );
      return line(
        row.layout,
        row.change,
        String(row.n),
        compared(row, base, 'p50'),
        compared(row, base, 'p99'),
        ms(row.max),
        ms(row.first),
        String(row.bytes),
      );
    }),
    '',
    'Everything at once: the first snapshot of N Mappings, and what one Mapping takes in memory with its',
    'Host, Service and EndpointSlice.',
    '',
    line(
      'layout',
      'N',
      'ms',
      'bytes of xDS',
      'bytes of heap a Mapping',
      'bytes of buffers a Mapping',
    ),
    line(...Array.from({ length: 6 }, () => '---')),
    ...starts.map(({ layout, n, cold, bytes, heap, external }) =>
      line(layout, String(n), cold.toFixed(0), String(bytes), String(heap), String(external)),
    ),
    '',
  ].join('\n');
};

const line = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const ms = (time: number): string => time.toFixed(3);

const compared = (row: Row, base: Row | undefined, field: 'p50' | 'p99'): string =>
  base === undefined || base === row
    ? ms(row[field])
    : `${ms(row[field])} (${(row[field] / base[field]).toFixed(1)}×)`;

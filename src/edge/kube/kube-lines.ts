import { ApiFault } from '../../kube/reflect/api-fault.ts';

/**
 * The JSON values of a body with one value a line. Those whose lines end in one chunk come
 * together.
 *
 * Lines are cut from bytes, so a character may be split over chunks. A line that is no JSON, that
 * is cut short or longer than `limit` bytes is an error and never skipped: it may be the one event
 * that matters. The error does not quote it: it may be a Secret. A line is parsed when it is taken.
 * All lines of a chunk must be taken before the next chunk.
 */
export const jsonLines = async function* (
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Iterable<unknown>, void> {
  let number = 1;
  let parts: Uint8Array[] = [];
  let size = 0;
  const linesOf = function* (chunk: Uint8Array): Generator<unknown, void> {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      parts.push(chunk.subarray(start, end));
      yield parsed(parts, number);
      [parts, size] = [[], 0];
      number += 1;
      start = end + 1;
    }
    parts.push(chunk.subarray(start));
    size += chunk.length - start;
    if (size > limit) throw new ApiFault(`line ${number} is longer than ${limit} bytes`);
  };
  for await (const chunk of chunks) yield linesOf(chunk);
  if (size > 0) throw new ApiFault(`the stream was cut ${size} bytes into line ${number}`);
};

const newline = 0x0a;

/** A decoder that refuses what is not UTF-8 instead of replacing it. */
const decoder = new TextDecoder('utf-8', { fatal: true });

const parsed = (parts: readonly Uint8Array[], number: number): unknown => {
  const [first] = parts;
  const line = first !== undefined && parts.length === 1 ? first : Buffer.concat(parts);
  try {
    return JSON.parse(decoder.decode(line));
  } catch {
    throw new ApiFault(`line ${number} is not JSON (${line.length} bytes)`);
  }
};

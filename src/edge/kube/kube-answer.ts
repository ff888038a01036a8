import type { Dispatcher } from 'undici';

import { ApiFault, statusFault } from '../../kube/reflect/api-fault.ts';

/** Returns a successful answer; throws an `ApiFault` for any other. */
export const accepted = async (
  answer: Dispatcher.ResponseData,
): Promise<Dispatcher.ResponseData> => {
  const { statusCode, headers, body } = answer;
  if (statusCode >= 200 && statusCode < 300) return answer;
  const retryAfter = headers['retry-after'];
  const text = await textOf(body, 1024 ** 2);
  throw statusFault(statusCode === 401 ? refusedCredentials : (parsed(text) ?? text), {
    status: statusCode,
    ...(typeof retryAfter === 'string' ? { retryAfter } : {}),
  });
};

/** An API server says no more than `Unauthorized`. */
const refusedCredentials = {
  reason: 'Unauthorized',
  message:
    'the API server does not accept the credentials (Unauthorized): they have expired or are of another cluster; renew them, as by a new login',
};

/** The value a body holds; `undefined` if it is empty. One longer than `limit` bytes is an error. */
export const readAnswer = async (
  body: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<unknown> => {
  const text = await textOf(body, limit);
  const value = parsed(text);
  if (value === undefined && text !== '')
    throw new ApiFault(`the API server answered with what is not JSON (${text.length} characters)`);
  return value;
};

const textOf = async (body: AsyncIterable<Uint8Array>, limit: number): Promise<string> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    parts.push(chunk);
    size += chunk.length;
    if (size > limit) throw new ApiFault(`an answer is longer than ${limit} bytes`);
  }
  return Buffer.concat(parts).toString('utf8');
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

import { text } from './text.ts';

/** The value of a header: at most 16 KiB in UTF-8, and nothing that could begin another header. */
export const HeaderValue = text(4096, 'a header value');

import type { BufferFilter, BufferSettings } from '../../ir/filter/buffer.ts';
import { any } from '../message/encode.ts';
import type { FilterKind } from './filter-kind.ts';

/** Waits for the whole of a request. */
export const buffer: FilterKind<BufferFilter, BufferSettings> = {
  discovered: 'type.googleapis.com/envoy.extensions.filters.http.buffer.v3.Buffer',
  config: (filter) => any('envoy.extensions.filters.http.buffer.v3.Buffer', limit(filter)),
  forRoute: (settings) =>
    any('envoy.extensions.filters.http.buffer.v3.BufferPerRoute', { buffer: limit(settings) }),
  off: any('envoy.extensions.filters.http.buffer.v3.BufferPerRoute', { disabled: true }),
};

const limit = ({ maxRequestBytes }: BufferSettings) => ({
  max_request_bytes: { value: maxRequestBytes },
});

import type { CorsPolicy } from '../../../../src/ir/filter/cors.ts';

/** A policy that says all that one can say. */
export const everyCorsField: CorsPolicy = {
  _tag: 'Cors',
  origins: ['https://a.example', '*'],
  methods: ['GET', 'POST'],
  headers: ['x-a', 'x-b'],
  exposedHeaders: ['x-c'],
  credentials: true,
  maxAge: '600',
};

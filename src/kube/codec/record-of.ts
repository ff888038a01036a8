/** The fields of an object that nobody has checked; none of anything else. */
export const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : nothing;

const nothing: Readonly<Record<string, unknown>> = {};

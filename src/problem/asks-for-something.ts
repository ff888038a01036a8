/** Whether the value of a field asks for anything; `false`, an empty text and an empty list ask for nothing. */
export const asksForSomething = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0
    : value !== undefined && value !== false && value !== '' && value !== null;

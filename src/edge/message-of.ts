/** What a thrown value has to say. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

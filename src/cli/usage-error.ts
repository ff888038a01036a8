/** Something about the command itself: the user is told and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

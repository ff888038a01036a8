/** What objects ask for; and how much the objects of one namespace may ask for together. */
export interface Budget {
  /** The texts that are kept of them, in UTF-8. */
  readonly bytes: number;
  readonly objects: number;
  /** Matches of requests, each of which is a route of Envoy, on every Host that takes it. */
  readonly routes: number;
  /** Steps of regular expressions. */
  readonly regex: number;
}

/** What nothing asks for. */
export const nothing: Budget = { bytes: 0, objects: 0, routes: 0, regex: 0 };

/** Everything that is bounded. */
export const budgetParts = ['bytes', 'objects', 'routes', 'regex'] as const;

/** Both together; with the sign -1, the first without the second. */
export const plus = (a: Budget, b: Budget, sign: 1 | -1 = 1): Budget => ({
  bytes: a.bytes + sign * b.bytes,
  objects: a.objects + sign * b.objects,
  routes: a.routes + sign * b.routes,
  regex: a.regex + sign * b.regex,
});

/** The first part of which more is asked for than there is; absent if there is enough of all. */
export const exceeded = (asked: Budget, budget: Budget): keyof Budget | undefined =>
  budgetParts.find((part) => asked[part] > budget[part]);

/**
 * The budget of a namespace where memory is limited to this many bytes.
 *
 * A byte that a user writes takes up to ten of the process, most of them outside of V8's heap: the object, the
 * IR, the encoded route, the piece of the table it is in, and the same once more while a change is under way. So
 * one namespace can ask for not much more than a third. It always has room for 100,000 ordinary Mappings.
 */
export const budgetOf = (memory: number): Budget => {
  const bytes = Math.max(48 * 2 ** 20, Math.floor(memory / 24));
  const objects = Math.max(150_000, Math.floor(memory / 4096));
  return { bytes, objects, routes: 2 * objects, regex: Math.floor(bytes / 16) };
};

/** How large what is read may be. */
export const sizeLimits = {
  /** The bytes of a file; it may hold many objects. */
  file: 4_194_304,
  /**
   * The characters of one document in it, which is more than etcd takes for an object: a text that is made
   * to be costly takes the parser a thousand times its size in memory, until the document is over.
   */
  document: 1_048_576,
} as const;

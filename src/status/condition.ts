/** What Headgate says about an object, in the manner of Kubernetes' conditions. */
export type ConditionType = 'Accepted' | 'ResolvedRefs' | 'Programmed';

/** One condition; the status writer adds when it last changed. */
export interface Condition {
  readonly type: ConditionType;
  readonly status: 'True' | 'False';
  /** In CamelCase, for programs. */
  readonly reason: string;
  /** For people. */
  readonly message: string;
  /** The generation of the object that this is about. */
  readonly observedGeneration?: number;
}

/** What Headgate says about an object of Emissary, in the manner of Kubernetes' conditions. */
export type ConditionType = 'Accepted' | 'ResolvedRefs' | 'Programmed' | 'BackendsAvailable';

/** One condition; the status writer adds when it last changed. */
export interface Condition<T extends string = ConditionType> {
  readonly type: T;
  readonly status: 'True' | 'False';
  /** In CamelCase, for programs. */
  readonly reason: string;
  /** For people. */
  readonly message: string;
  /** The generation of the object that this is about. */
  readonly observedGeneration?: number;
}

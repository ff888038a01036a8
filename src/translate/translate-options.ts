/** Which objects are ours, and where we are. */
export interface TranslateOptions {
  /** Objects whose `ambassador_id` lists this id are translated. */
  readonly ambassadorId: string;
  /** The namespace of this installation. */
  readonly namespace: string;
}

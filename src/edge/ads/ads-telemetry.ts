import type { Refusal } from '../../xds/session/discovery.ts';
import type { TypeUrl } from '../../xds/type-url.ts';
import type { Caller } from './stream-report.ts';

/** What happened on one ADS stream, for metrics and logs. Times are milliseconds since the epoch. */
export type AdsTelemetry = { readonly stream: number; readonly at: number } & (
  | ({ readonly _tag: 'Opened' } & Caller)
  | {
      readonly _tag: 'Closed';
      readonly node: string;
      readonly reason: string;
      /** Whether this side could not go on, because of a bug or of bytes that are no request. */
      readonly failed: boolean;
    }
  /** All of a snapshot has been answered. */
  | {
      readonly _tag: 'Answered';
      readonly seq: number;
      readonly refused: readonly Refusal[];
    }
  | ({ readonly _tag: 'Pushed' } & Push)
  | ({ readonly _tag: 'Acknowledged' } & Push & { readonly pushedAt: number })
  | ({ readonly _tag: 'Refused'; readonly message: string } & Push & { readonly pushedAt: number })
);

/** One response as it was written. */
export interface Push {
  readonly node: string;
  readonly typeUrl: TypeUrl;
  readonly nonce: string;
  /** The snapshot it was taken from. */
  readonly seq: number;
  readonly resources: number;
  readonly removed: number;
  readonly bytes: number;
}

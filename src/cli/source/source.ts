import type { Logger } from 'pino';
import type { Observable } from 'rxjs';

import type { AskClusters } from '../../../streams/status/cluster-sweep.ts';
import type { Published } from '../../plane/published.ts';
import type { Metrics } from '../../edge/admin/metrics.ts';
import type { AdsTelemetry } from '../../edge/ads/ads-telemetry.ts';
import type { ObjectRef } from '../../ir/object-ref.ts';
import type { Decoded, KubeEvent } from '../../kube/kube-event.ts';
import type { LastGood } from '../../kube/last-good.ts';
import type { PlaceOf } from '../../problem/problem-record.ts';

/** Where objects come from, before anything is opened. */
export interface Source {
  /** Names the input: the same one finds its running Envoy again. */
  readonly input: string;
  readonly open: (use: SourceUse) => Promise<OpenSource>;
}

/** What a source may use. */
export interface SourceUse {
  readonly log: Logger;
  /** Is told whether changes of a kind can be read; absent where nobody asks. */
  readonly connected?: Metrics['sourceConnected'];
  /** The Secret of the certificate that is served where there is no Host. */
  readonly fallback: Decoded<'Secret'>;
  /** What an earlier run on the same state folder knew of objects that were not valid any more. */
  readonly lastGood: readonly LastGood[];
}

/** What Envoys are sent, and what they say. */
export interface Envoys {
  readonly published$: Observable<Published>;
  /** Nothing of the first stream is missing. */
  readonly telemetry$: Observable<AdsTelemetry>;
  readonly metrics: Metrics;
  /** Asks the Envoy beside this control plane for its clusters; absent where there is none. */
  readonly askClusters?: AskClusters | undefined;
}

/** A source that says something when it is subscribed. */
export interface OpenSource {
  readonly events$: Observable<readonly KubeEvent[]>;
  readonly placeOf: PlaceOf;
  /** The file that defines an object; absent where objects are in no files. */
  readonly fileOf?: (object: ObjectRef) => string | undefined;
  /** What has not been read yet, for people: `Mapping, Secret`. */
  readonly waitingFor?: () => string | undefined;
  /** Reports the status of objects from now on; absent where it cannot be reported. */
  readonly reportStatus?: (envoys: Envoys) => void;
  readonly close: () => Promise<void>;
}

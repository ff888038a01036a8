import type { AdsTelemetry } from '../../edge/ads/ads-telemetry.ts';
import type { Published } from '../../plane/published.ts';
import type { StatusEvent } from '../../status/status-book.ts';

/** A publication, as far as statuses follow from it. */
export const ofPipe = ({ snapshot, store, translation }: Published): StatusEvent => ({
  _tag: 'Published',
  seq: snapshot.seq,
  store,
  translation,
});

/** What an Envoy does, as far as statuses follow from it. */
export const ofEnvoy = (event: AdsTelemetry): readonly StatusEvent[] => {
  switch (event._tag) {
    case 'Opened':
    case 'Closed':
      return [{ _tag: event._tag, stream: event.stream }];
    case 'Answered':
      return [event];
    default:
      return [];
  }
};

import { map, type OperatorFunction } from 'rxjs';

import type { Published } from '../../plane/published.ts';
import { untimedPipeline } from '../../../streams/pipeline.ts';
import type { Batch } from '../../journal/batch.ts';
import type { Journal } from '../../journal/journal.ts';
import { withUnreadKinds } from '../../journal/unread-kinds.ts';

/** The pipe as it was when a journal was recorded: equal batches publish what they published then. */
export const recordedPipeline = ({ header }: Journal): OperatorFunction<Batch, Published> => {
  const { convicted, lastGood, ...translation } = header.options;
  const pipeline = untimedPipeline({
    translation,
    ...(convicted !== undefined && { convicted }),
    ...(lastGood !== undefined && { lastGood }),
  });
  return (batches$) =>
    batches$.pipe(
      map((batch, i) => (i === 0 ? withUnreadKinds(header, batch) : batch)),
      pipeline,
    );
};

import type { OperatorFunction } from 'rxjs';

import { untimedPipeline } from '../../streams/pipeline.ts';
import type { Published } from '../../streams/publish.ts';
import type { Batch } from '../journal/batch.ts';
import type { Journal } from '../journal/journal.ts';

/** The pipe as it was when a journal was recorded: equal batches publish what they published then. */
export const recordedPipeline = ({ header }: Journal): OperatorFunction<Batch, Published> => {
  const { convicted, ...translation } = header.options;
  return untimedPipeline({ translation, ...(convicted === undefined ? {} : { convicted }) });
};

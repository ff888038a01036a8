import type { TranslateOptions } from '../../translate/translate-options.ts';

/** What is read, and how it is translated. */
export interface ReadingOptions extends TranslateOptions {
  /** The bytes that one object may have; absent: the usual number. */
  readonly maxObject?: number;
}

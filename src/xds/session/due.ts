import { editOf, type Edit } from '../../collection/edit.ts';

/**
 * Why a name is looked at before the next response.
 *
 * `Changed`: send it if the version differs from what is held. `Owed`: send it in any case.
 * `Dropped`: say that it is removed, although there is such a resource. `Rested`: as `Changed`, and what is gone has rested.
 */
export type Due = 'Changed' | 'Owed' | 'Dropped' | 'Rested';

/** Makes names due for this reason. */
export const dueAs =
  (due: Due) =>
  (name: string): Edit<string, Due> =>
    editOf(name, due);

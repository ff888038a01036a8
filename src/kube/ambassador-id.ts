import { list } from './list.ts';
import { Name } from './text.ts';

/** The installations an object is for. */
export const AmbassadorId = list(Name);

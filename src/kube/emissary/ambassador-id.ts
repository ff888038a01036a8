import { list } from '../codec/list.ts';
import { Name } from '../codec/text.ts';

/** The installations an object is for. */
export const AmbassadorId = list(Name);

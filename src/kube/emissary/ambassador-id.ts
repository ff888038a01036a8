import { list } from '../codec/list.ts';
import { recordOf } from '../codec/record-of.ts';
import { Name } from '../codec/text.ts';

/** The installations an object is for. */
export const AmbassadorId = list(Name);

/** The installations that an object, as it was read, lists; absent where it lists none. */
export const ambassadorIdOf = (object: object): readonly string[] | undefined => {
  const ids = recordOf(recordOf(object)['spec'])['ambassador_id'];
  return AmbassadorId.is(ids) ? ids : undefined;
};

import { interning } from '../../../collection/intern.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { SettledListener } from '../listener/settled-listener.ts';

/** Names a Gateway listener: by the object that lists it, and its name there. Injective: no reference ends with a space. */
export type ListenerKey = `${ObjectRef} ${string}`;

/** The key of a listener; all its routes share the text. */
export const listenerKey = ({
  parent,
  section,
}: Pick<SettledListener, 'parent' | 'section'>): ListenerKey => {
  const key: ListenerKey = `${parent} ${section}`;
  return shared(key, () => key);
};

const shared = interning<ListenerKey>();

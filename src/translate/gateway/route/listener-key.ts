import { interning } from '../../../collection/intern.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { SettledListener } from '../listener/settled-listener.ts';

/** Names a Gateway listener: by the object that lists it, and its name there; injective. */
export type SectionKey = `${ObjectRef} ${string}`;

/** Names a Gateway listener on one of its addresses. */
export type ListenerKey = `${SectionKey} ${string}`;

/** The key of a listener, whatever its address; all its routes share the text. */
export const sectionKey = ({
  parent,
  section,
}: Pick<SettledListener, 'parent' | 'section'>): SectionKey => {
  const key: SectionKey = `${parent} ${section}`;
  return shared(key, () => key) as SectionKey;
};

/** The key of a listener on its address; all its routes share the text. */
export const listenerKey = (listener: SettledListener): ListenerKey => {
  const key: ListenerKey = `${sectionKey(listener)} ${listener.listener}`;
  return shared(key, () => key) as ListenerKey;
};

const shared = interning<string>();

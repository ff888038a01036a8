import { commandsAllowed } from '../ir/header/header-format.ts';

/** What is expected of the value of a header that is added, in which `foreignCommand` finds something. */
export const headerValueExpected = `text, with no other commands between percent signs than ${commandsAllowed.join(', ')}; two percent signs stand for one`;

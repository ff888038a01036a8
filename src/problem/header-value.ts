import { commandsAllowed, foreignCommand } from '../ir/header-format.ts';

/** What in the value of a header that is added may not be there; absent when all may. */
export const headerValueFault = foreignCommand;

/** What such a value has to be, in words. */
export const headerValueExpected = `text, with no other commands between percent signs than ${commandsAllowed.join(', ')}; two percent signs stand for one`;

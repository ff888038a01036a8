import * as t from 'io-ts';

import { opaque } from './leaf.ts';

/** An object of any shape. */
export const AnyObject = opaque('an object', t.UnknownRecord.is);

import { isForInstallation } from './emissary/installation.ts';
import { kindTable, type Kind } from './kind.ts';

/**
 * Whether an object of a kind is for this installation. Only Emissary's objects say so themselves, by the
 * installations that they list.
 */
export const isOurs = (
  kind: Kind,
  listed: readonly string[] | undefined,
  installation: string,
): boolean => kindTable[kind].language !== 'emissary' || isForInstallation(listed, installation);

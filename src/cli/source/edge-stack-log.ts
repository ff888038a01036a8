import type { Logger } from 'pino';

import { keyParts, type ObjectKey } from '../../ir/object-ref.ts';
import { isGuardOfEdgeStack } from '../../kube/edge-stack.ts';
import type { Reflected } from '../../kube/reflect/reflected.ts';

/**
 * Logs which kinds of Ambassador Edge Stack are installed whose objects keep requests out there. They are not read,
 * so whether there are any objects is not known. A kind is named once, as long as it is installed.
 */
export const edgeStackLog = (
  log: Logger,
): ((definitions: Reflected<{ readonly key: ObjectKey }>) => void) => {
  let known: ReadonlySet<string> = new Set();
  const installed = (names: readonly string[]): void => {
    const now = new Set(names.filter(isGuardOfEdgeStack));
    const coming = [...now].filter((name) => !known.has(name)).sort();
    known = now;
    if (coming.length > 0) log.warn(`${coming.join(', ')}: ${said}`);
  };
  return (definitions) => {
    switch (definitions._tag) {
      case 'Synced':
        return installed(definitions.items.map(nameOf));
      case 'Upserted':
        return installed([...known, nameOf(definitions.item)]);
      case 'Removed':
        return installed([...known].filter((name) => name !== nameOf(definitions.item)));
      case 'Interrupted':
      case 'Restored':
        return undefined;
    }
  };
};

const said =
  'installed, and of Ambassador Edge Stack: objects are not read, and requests are NOT guarded by them; ' +
  'to find them, export them with "kubectl get" and "-o yaml", and give the file to "headgate check"';

const nameOf = ({ key }: { readonly key: ObjectKey }): string => keyParts(key)[1];

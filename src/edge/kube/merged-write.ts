import { keyParts, refParts, type ObjectRef } from '../../ir/object-ref.ts';
import { recordOf } from '../../kube/codec/record-of.ts';
import { kindTable, type Kind } from '../../kube/kind.ts';
import { ApiFault } from '../../kube/reflect/api-fault.ts';
import { apiPath } from '../../kube/reflect/api-path.ts';
import type { GatewayStatus } from '../../status/gateway-status.ts';
import { mergedStatus, wholeStatus, type StatusPatch } from '../../status/merged-status.ts';
import { fieldManager } from '../../status/owned-conditions.ts';
import { conditionsIn, digestOfStatus, heldOf } from '../../status/status.ts';
import type { KubeClient } from './kube-client.ts';
import type { StatusLedger } from './status-ledger.ts';

/** What a write needs. */
interface MergedWriteOptions {
  readonly client: KubeClient;
  readonly ledger: StatusLedger;
  /** The time of day in milliseconds. */
  readonly clock: () => number;
}

/** The type of a patch that replaces the fields it has. */
export const mergePatch = 'application/merge-patch+json';

/**
 * Puts our part into a status that others write to as well: a patch on the version of the object that it was
 * made from, so that nothing which somebody writes meanwhile is lost.
 *
 * Where the ledger knows that all of the status is ours, that is one request. Else, and whenever the object
 * was another one by then, it is read first. Nothing is written over what is said of a later generation.
 */
export const mergedWrite =
  ({ client, ledger, clock }: MergedWriteOptions) =>
  async (kind: Kind, object: ObjectRef, status: GatewayStatus): Promise<void> => {
    const [namespace, name] = keyParts(refParts(object)[1]);
    const path = `${apiPath(kindTable[kind], namespace)}/${name}`;
    const now = `${new Date(clock()).toISOString().slice(0, 19)}Z`;
    const digest = digestOfStatus(status);

    const patch = async (resourceVersion: unknown, part: StatusPatch): Promise<void> => {
      const answer = await client.request({
        method: 'PATCH',
        path: `${path}/status`,
        query: { fieldManager },
        contentType: mergePatch,
        body: { metadata: { resourceVersion }, status: part },
        timeoutMs,
      });
      ledger.written(object, digest, answer);
    };
    const readAndPatch = async (): Promise<void> => {
      const raw = await client.request({ method: 'GET', path: `${path}/status`, timeoutMs });
      const { generation, resourceVersion: present } = recordOf(recordOf(raw)['metadata']);
      if (isLater(generation, status)) return;
      const held = heldOf(kind, raw);
      const isHeld = hasReport(status) ? held.digest === digest : held.shared?.isOurs !== true;
      if (isHeld) ledger.written(object, digest, raw);
      else await patch(present, mergedStatus(raw, status, now));
    };

    const held = ledger.held(object);
    const { resourceVersion = '', isMixed = true } = held?.shared ?? {};
    let attempt =
      held === undefined || isMixed || resourceVersion === '' || !hasReport(status)
        ? readAndPatch
        : async () => await patch(resourceVersion, wholeStatus(held, status, now));
    for (let left = mostConflicts; ; left -= 1)
      try {
        return await attempt();
      } catch (error) {
        if (left === 0 || !(error instanceof ApiFault) || error.status !== 409) throw error;
        attempt = readAndPatch;
      }
  };

const hasReport = ({ report }: GatewayStatus): boolean => Object.keys(report).length > 0;

const isLater = (generation: unknown, status: GatewayStatus): boolean => {
  const { observedGeneration } = conditionsIn(status)[0] ?? {};
  return (
    typeof generation === 'number' &&
    observedGeneration !== undefined &&
    generation > observedGeneration
  );
};

/** Of one write; after that it waits like any other that failed. */
const mostConflicts = 5;

const timeoutMs = 10_000;

import type { TestCluster } from '../test-cluster/test-cluster.ts';

/**
 * Puts ConfigMaps with so many bytes of data into etcd, past the API server.
 *
 * An API server takes a minute for tens of thousands of objects; what is stored may be JSON too.
 */
export const stored = async (
  { etcd }: TestCluster,
  namespace: string,
  names: readonly string[],
  size: number,
): Promise<void> => {
  for (let i = 0; i < names.length; i += perTransaction) {
    const success = names.slice(i, i + perTransaction).map((name) => ({
      requestPut: {
        key: base64(`/registry/configmaps/${namespace}/${name}`),
        value: base64(
          JSON.stringify({
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name, namespace, uid: `uid-${name}` },
            data: { a: 'x'.repeat(size) },
          }),
        ),
      },
    }));
    const answer = await fetch(`${etcd.url}/v3/kv/txn`, {
      method: 'POST',
      body: JSON.stringify({ success }),
    });
    if (!answer.ok) throw new Error(`etcd answered ${answer.status}: ${await answer.text()}`);
  }
};

/** The most that etcd does at once. */
const perTransaction = 128;

const base64 = (text: string): string => Buffer.from(text).toString('base64');

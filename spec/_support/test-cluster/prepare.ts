import { readyBinary, testBinary, type TestBinary } from './test-binaries.ts';

/**
 * A program that builds what the specs of the cluster run, before they run.
 *
 * It does not fail: those specs do, with the same message, and all others can run.
 */
const names: readonly TestBinary[] = ['etcd', 'kube-apiserver', 'kubectl', 'helm'];

const isMissing = (name: TestBinary): boolean => readyBinary(name) === undefined;

try {
  for (const name of names.filter(isMissing))
    await testBinary(name, (line) => process.stderr.write(`${line}\n`));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One request in the audit log of the API server, at one stage of it. */
export interface AuditEntry {
  /** `ResponseStarted` is the beginning of a watch. */
  readonly stage: 'ResponseStarted' | 'ResponseComplete' | 'Panic';
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username: string };
  readonly userAgent?: string;
  readonly objectRef?: {
    readonly resource: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly apiGroup?: string;
    readonly subresource?: string;
  };
  readonly responseStatus?: { readonly code: number };
  readonly annotations?: Readonly<Record<string, string>>;
  readonly requestReceivedTimestamp: string;
}

/** The flags that make an API server write one, and the policy they name. */
export const auditFlags = (folder: string): readonly string[] => {
  const policy = join(folder, 'audit-policy.json');
  writeFileSync(
    policy,
    JSON.stringify({
      apiVersion: 'audit.k8s.io/v1',
      kind: 'Policy',
      omitStages: ['RequestReceived'],
      rules: [{ level: 'Metadata' }],
    }),
  );
  return [`--audit-policy-file=${policy}`, `--audit-log-path=${logIn(folder)}`];
};

/** Everything in the audit log so far. */
export const readAuditLog = (folder: string): readonly AuditEntry[] =>
  readFileSync(logIn(folder), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as AuditEntry);

const logIn = (folder: string): string => join(folder, 'audit.log');

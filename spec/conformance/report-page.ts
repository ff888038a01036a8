import { byReason } from './skipped-tests.ts';

/** What is read of a report of the suite. */
export interface Report {
  readonly date: string;
  readonly gatewayAPIVersion: string;
  readonly gatewayAPIChannel: string;
  readonly implementation: { readonly version: string };
  readonly profiles: readonly {
    readonly name: string;
    readonly core: Part;
    readonly extended?: Part & { readonly unsupportedFeatures?: readonly string[] };
  }[];
}

interface Part {
  readonly statistics: Readonly<Record<'Passed' | 'Failed' | 'Skipped', number>>;
}

/** The page of `docs/conformance`: what the report says, how to repeat it, what is skipped and why. */
export const reportPage = (report: Report, file: string, skipped: readonly string[]): string => {
  const { implementation, gatewayAPIVersion, gatewayAPIChannel, date } = report;
  const counts = (part: Part | undefined): string => {
    const { Passed = 0, Failed = 0, Skipped = 0 } = part?.statistics ?? {};
    return `${Passed} passed, ${Failed} failed, ${Skipped} skipped`;
  };
  const unclaimed = report.profiles.flatMap(({ extended }) => extended?.unsupportedFeatures ?? []);
  return `# Gateway API conformance

Headgate ${implementation.version} and the unchanged conformance suite of the Gateway API ${gatewayAPIVersion}, with the definitions of the ${gatewayAPIChannel} channel (${date.slice(0, 10)}). The suite's own report: [\`${file}\`](${file}).

| profile | core tests | extended tests |
| --- | --- | --- |
${report.profiles.map(({ name, core, extended }) => `| ${name} | ${counts(core)} | ${counts(extended)} |`).join('\n')}

Passed over of the suite's tests:

${[...byReason(skipped)].map(([reason, names]) => `- ${names.join(', ')}: ${reason}.`).join('\n')}

Features of the profiles that Headgate does not claim: ${[...new Set(unclaimed)].sort().join(', ') || 'none'}.

## Reproduce

\`\`\`
npm ci
npm run conformance -- --save
\`\`\`

It needs Linux, Go 1.26 or newer, \`unshare\`, \`nsenter\` and \`setpriv\` of util-linux, and \`ip\` of iproute2; no root, no container runtime. The first run builds the suite, its back end, etcd and Kubernetes' API server and controllers from their Go modules. How the run is made: [\`spec/conformance\`](../../spec/conformance/README.md).
`;
};

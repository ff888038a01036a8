import { sizeLimits } from '../src/yaml/size-limits.ts';
import type { ProblemRecord } from '../src/problem/problem-record.ts';
import type { Problem } from '../src/problem/problem.ts';
import { severities, type Severity } from '../src/problem/severity.ts';
import { mostWide } from '../src/translate/gateway/route/wide-routes.ts';
import { problemEffects } from '../src/status/problem-effects.ts';

interface Explained {
  readonly means: string;
  readonly effect: string;
  readonly remedy: string;
}

const mebibyte = 1_048_576;

/** Every kind of problem: what it means, what still works, what to do. */
export const problemTable: Readonly<Record<Problem['_tag'], Explained>> = {
  UnreadableFile: {
    means: `A file is no YAML or JSON, or cannot be read, or is too large: a file has at most ${sizeLimits.file / mebibyte} MiB, and a document in it (between two \`---\`) ${sizeLimits.document / mebibyte} MiB.`,
    effect: 'The objects it last held keep serving; other files are not concerned.',
    remedy: 'Mend the file at the line and column that are named; divide one that is too large.',
  },
  UnreadableKind: {
    means:
      'The API server does not have a kind of objects (its definition is not installed), or does not let Headgate read it.',
    effect:
      'A kind that is not installed counts as one without objects. Of a kind that may not be read any more, what was read last keeps serving.',
    remedy: 'Install the definitions in `k8s/crds`, or mend the role of the service account.',
  },
  InvalidField: {
    means: 'A field has a value that its kind does not allow, or fields contradict each other.',
    effect:
      'If the object cannot be read, its last good version keeps serving. Otherwise it serves without what is wrong.',
    remedy: 'Write what was expected; [fields](fields.md) lists every type and bound.',
  },
  UnknownField: {
    means: 'The kind has no such field: a slip of the pen, or wrong indentation.',
    effect: 'The object serves as if the field were not there.',
    remedy: 'Correct the name, or remove the field.',
  },
  NotYetSupported: {
    means: 'Headgate knows the field or kind and does not translate it yet.',
    effect: 'The object serves without it.',
    remedy: 'Do without it for now, or keep that traffic where it is.',
  },
  GuardUnusable: {
    means:
      "What should guard requests cannot be used: an AuthService, a RateLimitService with `failure_mode_deny` or a Module that is wrong; or a Filter, FilterPolicy or RateLimit of Ambassador Edge Stack, which Emissary does not have either; or `client` of a Module `tls`, which Emissary does not obey since version 2; or an annotation for ingress-nginx on an Ingress of Emissary's class.",
    effect:
      'What an object of Emissary should guard is answered 503, unless the operator serves unguarded ([what fails closed](../security.md#what-fails-closed)). What one of Edge Stack, a Module `tls` or an annotation for ingress-nginx should guard is NOT guarded.',
    remedy:
      'Correct the object. In place of a Filter write an AuthService, in place of a RateLimit a RateLimitService, in place of `client` of a Module a TLSContext that a Host names; then remove it.',
  },
  UnsupportedVersion: {
    means: 'The object is written in an API version that is not read.',
    effect: 'The object is left out.',
    remedy: 'Convert it to the version that was expected.',
  },
  DuplicateObject: {
    means: 'Two manifests define an object of the same kind, namespace and name.',
    effect: 'The first one counts, by file name and then by place in the file.',
    remedy: 'Remove or rename one of them.',
  },
  NotFound: {
    means: 'A reference to an object that does not exist.',
    effect:
      'What needs the object answers 503 (routes) or refuses handshakes (certificates) until it is there.',
    remedy: 'Create the object, or correct the reference and its namespace.',
  },
  PortNotFound: {
    means: 'A Service does not have the port that is asked for.',
    effect: 'Requests to it are answered with 503.',
    remedy: "Name one of the Service's ports.",
  },
  RefNotUsable: {
    means:
      'A reference to an object of another namespace that does not exist, does not have what is needed (a certificate with its key, the port), or may not be referred to from here. Which of these it is, is not said.',
    effect:
      'What needs the object answers 503 (routes) or refuses handshakes (certificates). A certificate that was good before keeps serving.',
    remedy:
      'Look at the object, or ask its owner. With isolation, whoever installs Headgate can allow the reference: `--reference-grants`.',
  },
  InvalidCertificate: {
    means:
      'A certificate, a private key or an authority cannot be used: not PEM, the key is of another, or the Secret or ConfigMap cannot be read.',
    effect:
      'The last good certificate keeps serving, as long as the control plane or its Envoy lives; without one, handshakes are refused.',
    remedy:
      'Put the matching pair into the Secret, the certificates of the authority into `ca.crt`, or allow the control plane to read the object.',
  },
  UnfitCertificate: {
    means:
      'A certificate is served, and clients refuse it: none of its names is one of its Host or Gateway listener, or it has expired or is not valid yet.',
    effect:
      'Everything here: the certificate is served as it is. Clients that check it end the handshake.',
    remedy:
      'Renew the certificate, or name the Secret of one for this hostname. The problem is gone as soon as the Secret holds it. A certificate in the last fifth of its life, and in its last 14 days, is a note.',
  },
  Unanswered: {
    means:
      'What an object says is to be asked is not answered as it should: Consul cannot be reached, refuses, or says what cannot be read.',
    effect:
      'What was answered last keeps serving. Of a service of which nothing was answered yet there are no endpoints, so its requests are answered 503. It is asked again, at least every half minute.',
    remedy:
      'The text says what went wrong and since when: mend the address or the data centre of the ConsulResolver, the token, or Consul.',
  },
  Conflict: {
    means: 'Two objects claim the same thing, or disagree where they must agree.',
    effect:
      'The object that is named as winning counts: of Hosts with one hostname and of Listeners with one port the older one.',
    remedy: 'Remove the claim from one of them.',
  },
  LeftOut: {
    means: `Beside narrower hostnames of a listener there are too many routes of the Gateway API without hostnames, or for a wildcard: in the virtual host of a narrower hostname are at most ${mostWide} of them for each wildcard, those of the oldest objects.`,
    effect:
      'The route serves, but in narrower hostnames its requests are answered 503, and those for paths below the ones that are named.',
    remedy:
      'Give the routes the hostnames that they are for, put several matches into one with a common prefix, or give the narrower hostname a route for all that is left.',
  },
  NotAttached: {
    means: 'The object is good in itself, and nothing takes it.',
    effect:
      'It has no effect; nothing else is concerned. Where that follows from the problem of another object, that one is named.',
    remedy:
      'Check host names, `mappingSelector`, `hostBinding`, whether the Listener or Host exists, and whether an isolated Host takes Mappings of this namespace.',
  },
  OverBudget: {
    means:
      'The objects of one namespace together ask for more than a namespace may: bytes, objects, routes or steps of regular expressions ([budgets](../operations.md#budgets)).',
    effect:
      'The older objects of the namespace serve, and of one age those whose names come first; so do all other namespaces. What would guard requests keeps them out instead.',
    remedy:
      'Delete or shorten objects of the namespace, or raise the budget: `--namespace-budget`.',
  },
  NotServed: {
    means:
      'The object is good in itself and attached, and no listener that it is on is open: their ports cannot be had. The Listener or Gateway at fault is named, with what is wrong.',
    effect: 'All that other listeners serve.',
    remedy: 'Mend the object that is named; nothing need be changed in this one.',
  },
  Note: {
    means:
      'Nothing is wrong, but it may not be what was meant: the object has a part in what is of other namespaces, or one of theirs in what is of it; a certificate soon expires.',
    effect: 'Everything. With notes alone the exit code is 0.',
    remedy:
      'Nothing, if it is meant. Otherwise change the object, or [isolate](../install.md#tenants) the namespaces.',
  },
  RefusedByEnvoy: {
    means: 'Envoy does not accept what the object became.',
    effect:
      'The object stays as Envoy last accepted it; it is tried again when it changes. If only some of several Envoys refuse what it is a part of, the problem says which; they keep what they accepted last of it, and the others serve the object.',
    remedy: "Read Envoy's message; please report it, with a recording: Headgate should have known.",
  },
  PortUnavailable: {
    means:
      'Envoy cannot listen on the port of a Listener: another process has it, or Envoy may not have it.',
    effect:
      'All other Listeners serve. The port is tried again after 1 s, 2 s, 4 s and so on, at most 30 s, and no object need be changed.',
    remedy: 'End the other process, or choose another port.',
  },
};

const severityMeanings: Readonly<Record<Severity, string>> = {
  opens: 'something is let through that its owner meant to be checked, limited or closed',
  breaks: 'requests or handshakes fail, or an object is not in force as it is written',
  degrades: 'it serves, but not all of what is asked for is done',
  unused: 'what is written has no effect on any request',
  note: 'nothing is wrong; with notes alone nothing fails unless `--fail-on note` says so',
};

const recordFields: Readonly<Record<keyof ProblemRecord, string>> = {
  severity: 'one of the above',
  object:
    '`Kind namespace/name`; of a problem of a whole kind its name, such as `mappings.getambassador.io`',
  field: 'the field, such as `spec.rules[0].port`',
  place: '`file`, `line` and `column`, where objects are read from files',
  problem: 'one of the names below',
  message: 'what is wrong, without the object and the field',
  expected: 'of a value that is not allowed: what is',
  got: 'and what is there',
  causes:
    'the objects from whose problems it follows: `object`, and `reason`, what is wrong with them',
  since: 'when it was first seen since the process started, where something runs',
};

/** The reference page of all problems, as Markdown. */
export const problemsPage = (): string =>
  [
    '# Problems',
    '',
    'A problem is shown as `file:line:column Kind namespace/name: field: what is wrong, what was expected`,',
    'by `headgate check`, in the log of `headgate run`, and as JSON by `headgate debug problems`. The metric',
    '`headgate_problems` counts them by the names below and by severity. One bad object never keeps another from serving.',
    '',
    '## Severities',
    '',
    '`headgate check` prints the worst first, and fails from the severity on that `--fail-on` names.',
    '',
    ...severities.map((severity) => `- \`${severity}\`: ${severityMeanings[severity]}.`),
    '',
    '## As JSON',
    '',
    '`headgate check --json` and `headgate debug problems` print a list of objects with these fields; what there is not is left out.',
    '',
    '| field | what it is |',
    '|---|---|',
    ...Object.entries(recordFields).map(([field, meaning]) => `| \`${field}\` | ${meaning} |`),
    '',
    'In the log (`--log-format json`) a line about a problem has the fields `severity`, `problem`, `kind`, `namespace`, `name` and `field`.',
    '',
    ...tags.flatMap((tag) => {
      const { means, effect, remedy } = problemTable[tag];
      return [
        `## ${tag}`,
        '',
        means,
        '',
        `- What still works: ${effect}`,
        `- What to do: ${remedy}`,
        `- In the status: ${inStatus(tag)}`,
        '',
      ];
    }),
  ].join('\n');

const tags = Object.keys(problemTable) as readonly Problem['_tag'][];

const inStatus = (tag: Problem['_tag']): string => {
  const effect = problemEffects[tag];
  if (effect === 'NoObject') return 'nothing; it is about no object.';
  return effect === 'Warning'
    ? 'mentioned in the message of `Accepted`, which stays true.'
    : `\`${effect.condition}\` is false, with the reason \`${effect.reason}\`.`;
};

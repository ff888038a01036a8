import * as fc from 'fast-check';

import { host, mapping } from './routing-manifests.ts';

/** Host names of few different labels, so that wildcards match them often. */
export const someHost: fc.Arbitrary<string> = fc
  .array(fc.constantFrom('a', 'b', 'shop', 'x-1'), { minLength: 0, maxLength: 2 })
  .chain((labels) =>
    fc.constantFrom('example.com', 'test').map((domain) => [...labels, domain].join('.')),
  );

const hostname: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: someHost },
  { weight: 2, arbitrary: someHost.map((name) => `*.${name}`) },
  { weight: 1, arbitrary: someHost.map((name) => `${name.split('.')[0]}.*`) },
  { weight: 1, arbitrary: someHost.map((name) => `${name.toUpperCase()}:8080`) },
  { weight: 1, arbitrary: fc.constant('*') },
  { weight: 1, arbitrary: fc.constantFrom('[::1]', '10.1.2.3') },
);

const settings = fc
  .subarray(
    [
      'rewrite: /',
      'rewrite: /rewritten/',
      'host_rewrite: inner.example',
      'headers: { x-a: b }',
      'headers: { x-a: true }',
      'method: POST',
      'query_parameters: { q: "1" }',
      'allow_upgrade: [websocket]',
      'allow_upgrade: [websocket, other]',
      'cors: { origins: ["http://o.example"], methods: [GET], credentials: true }',
      'add_request_headers: { x-added: { value: "%REQ(:AUTHORITY)%", append: false } }',
      'add_response_headers: { x-out: { value: "out" } }',
      'remove_request_headers: [x-gone]',
      'host_redirect: true',
      'timeout_ms: 4000',
    ],
    { minLength: 1, maxLength: 2 },
  )
  .filter((lines) => new Set(lines.map((line) => line.split(':')[0])).size === lines.length)
  .map((lines) => lines.map((line) => `, ${line}`).join(''));

const few = fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 3, arbitrary: settings });

const aMapping = fc.record({
  hostname,
  prefix: fc.constantFrom('/', '/', '/a/', '/a/b/', '/A/'),
  settings: few,
});

type Choice = typeof aMapping extends fc.Arbitrary<infer M> ? M : never;

/** What a Mapping matches; two Mappings with the same would share requests by chance. */
const takenBy = ({ hostname: name, prefix, settings: fields }: Choice): string => {
  const conditions = fields.match(/(?<=, )(?:headers|method|query_parameters): [^,]*/g) ?? [];
  return [name.toLowerCase().replace(/:8080$/, ''), prefix, ...conditions].join(' ');
};

const policy = (action: string): string => `requestPolicy: { insecure: { action: ${action} } }`;

const aHost = fc
  .tuple(
    fc.oneof(
      someHost,
      someHost.map((name) => `*.${name}`),
    ),
    fc.constantFrom('Route', 'Route', 'Redirect', 'Reject'),
  )
  .map(([name, action]) => ({ name, action }));

/** Hosts and Mappings of all kinds that point to two backends; many may be patterns. */
export const anyManifests = (first: number, second: number): fc.Arbitrary<string> =>
  fc
    .record({
      hosts: fc.uniqueArray(aHost, { maxLength: 6, selector: ({ name }) => name }),
      mappings: fc.uniqueArray(aMapping, {
        minLength: 30,
        maxLength: 80,
        size: 'max',
        selector: takenBy,
      }),
      patterns: fc.constantFrom(0, 0, 70),
    })
    .map(({ hosts, mappings, patterns }) =>
      [
        host('*'),
        ...hosts.map(({ name, action }, i) => host(name, policy(action), `name: host-${i}`)),
        ...mappings.map((one, i) =>
          mapping(
            `m-${i}`,
            i % 2 === 0 ? first : second,
            `hostname: '${one.hostname}', prefix: ${one.prefix}${one.settings}`,
          ),
        ),
        ...Array.from({ length: patterns }, (_, i) =>
          mapping(`p-${i}`, first, `hostname: '*.p${i}.example', prefix: /`),
        ),
      ].join(''),
    );

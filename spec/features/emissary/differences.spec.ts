import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { startNotingBackend } from '../../_support/envoy/noting-backend.ts';
import { aCertificate } from '../../_support/world/certificates.ts';
import { bareMapping, host, listener, mapping } from '../../_support/world/routing-manifests.ts';
import { answersAs, titleOf, type Row } from './differential-row.ts';

const a = await startBackend({ name: 'a', port: 0 });
const b = await startBackend({ name: 'b', port: 0 });
const secure = await startNotingBackend(await aCertificate('secure.example'));
const open = 'requestPolicy: { insecure: { action: Route } }';
const closed = 'requestPolicy: { insecure: { action: Reject } }';
const redirecting = 'requestPolicy: { insecure: { action: Redirect } }';

/** Port `http` takes all Hosts (XFP), `other` too (INSECURE), `https` those with a label (INSECURE). */
const gateway = await aGateway(
  ({ http, other, https }) =>
    listener('http', http) +
    listener('other', other, { securityModel: 'INSECURE' }) +
    listener('labelled', https, { securityModel: 'INSECURE' }).replace(
      '{ namespace: { from: ALL } }',
      '{ selector: { matchLabels: { on: labelled } } }',
    ) +
    host('*', open) +
    mapping('all', a.port, 'prefix: /all/'),
);
const { other, https } = gateway.ports;
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), b.close(), secure.close()]);
});

const old = (manifest: string): string => manifest.replace('/v3alpha1', '/v2');

const rows: Readonly<Record<string, Row>> = {
  'INSECURE: a Host that rejects cleartext, beside a wildcard Host that routes it': {
    input: host('closed.example', closed),
    ask: { port: other, host: 'closed.example', path: '/all/' },
    emissary: '200: the wildcard Host answers for it',
    ours: 404,
  },
  'INSECURE: a Listener whose only Host rejects cleartext': {
    input: host('alone.example', closed, 'name: alone, labels: { on: labelled }'),
    ask: { port: https, host: 'alone.example', path: '/all/' },
    emissary: 'no port is opened',
    ours: 404,
  },
  'host_redirect with query_parameters, asked with them': {
    input: mapping(
      'queried',
      'new.example',
      'prefix: /queried/, host_redirect: true, query_parameters: { q: "1" }',
    ),
    ask: { path: '/queried/?q=1' },
    ours: 301,
  },
  'host_redirect with query_parameters, asked without': {
    input: mapping(
      'unqueried',
      'new.example',
      'prefix: /unqueried/, host_redirect: true, query_parameters: { q: "1" }',
    ),
    ask: { path: '/unqueried/' },
    emissary: '301: the parameters are forgotten',
    ours: 404,
  },
  'v2: a Mapping with hostname, which v2 does not have, asked for another name': {
    input: old(mapping('named', a.port, 'prefix: /named/, hostname: named.example')),
    ask: { host: 'unnamed.example', path: '/named/' },
    emissary: '200: the field is dropped',
    ours: 404,
  },
  'v2: a header that is null': {
    input: old(bareMapping('null-old', a.port, 'prefix: /null-old/, headers: { x-a: null }')),
    ask: { path: '/null-old/' },
    emissary: '200: it asks for nothing',
    ours: 404,
    told: ['Mapping default/null-old', 'spec.headers.x-a'],
  },
  'v3alpha1: a header that is null': {
    input: mapping('null-new', a.port, 'prefix: /null-new/, headers: { x-a: null }'),
    ask: { path: '/null-new/', headers: { 'x-a': '' } },
    emissary: '200: in an annotation; an API server refuses it',
    ours: 404,
    told: ['Mapping default/null-new', 'spec.headers.x-a'],
  },
  'added headers without a value': {
    input: mapping(
      'added',
      a.port,
      'prefix: /added/, add_request_headers: { x-a: {}, x-b: { value: here } }',
    ),
    ask: { path: '/added/' },
    emissary: 'its compiler fails, and nothing is changed any more',
    ours: ({ said: { headers } }) => [headers['x-a'] ?? 'none', headers['x-b']],
    gives: ['none', 'here'],
    told: ['Mapping default/added', 'spec.add_request_headers.x-a.value'],
  },
  'v2: origins with commas between them': {
    input: old(
      bareMapping(
        'commas',
        a.port,
        'prefix: /commas/, cors: { origins: "http://a.example,http://b.example" }',
      ),
    ),
    ask: { path: '/commas/', headers: { origin: 'http://b.example' } },
    ours: ({ headers }) => headers['access-control-allow-origin'],
    gives: 'http://b.example',
  },
  'v3alpha1: one text of origins with commas between them': {
    input: mapping(
      'text',
      a.port,
      'prefix: /text/, cors: { origins: "http://a.example,http://b.example" }',
    ),
    ask: { path: '/text/', headers: { origin: 'http://b.example' } },
    emissary: 'the Mapping is invalid',
    ours: ({ headers }) => headers['access-control-allow-origin'],
    gives: 'http://b.example',
  },
  'a list of origins, one of which has a comma': {
    input: mapping(
      'listed',
      a.port,
      'prefix: /listed/, cors: { origins: ["http://a.example,http://b.example"] }',
    ),
    ask: { path: '/listed/', headers: { origin: 'http://b.example' } },
    ours: ({ headers }) => headers['access-control-allow-origin'] ?? 'none',
    gives: 'none',
  },
  'headers to remove as one text with commas': {
    input: mapping('removed', a.port, 'prefix: /removed/, remove_request_headers: "x-a,x-b"'),
    ask: { path: '/removed/' },
    emissary: 'Envoy refuses everything',
    ours: 404,
    told: ['Mapping default/removed', 'spec.remove_request_headers[0]'],
  },
  'a Mapping for example.*': {
    input: mapping('star', a.port, 'prefix: /star/, hostname: "example.*"'),
    ask: { host: 'example.org', path: '/star/' },
    ours: 200,
  },
  'a Host for example.* with a certificate, asked in cleartext': {
    input: host(
      'front.*',
      `${open}, tlsSecret: { name: fallback-self-signed-cert }`,
      'name: front',
    ),
    ask: { host: 'front.org', path: '/all/' },
    emissary: 'Envoy refuses the Listener',
    ours: 200,
    told: ['Host default/front', 'spec.hostname'],
  },
  'prefix_regex with an explicit rewrite': {
    input: mapping(
      'regex',
      a.port,
      'prefix: "/regex/[a-z]+", prefix_regex: true, rewrite: /elsewhere',
    ),
    ask: { path: '/regex/abc' },
    emissary: 'the whole path becomes /elsewhere',
    ours: ({ said }) => said.path,
    gives: '/regex/abc',
    told: ['Mapping default/regex', 'spec.rewrite'],
  },
  'hostname with host': {
    input: mapping('both', a.port, 'prefix: /both/, hostname: one.example, host: two.example'),
    ask: { host: 'two.example', path: '/both/' },
    ours: 404,
    told: ['Mapping default/both', 'spec.host'],
  },
  'a label { header: x-user }': {
    input: mapping(
      'label',
      a.port,
      'prefix: /label/, labels: { ambassador: [{ group: [{ header: x-user }] }] }',
    ),
    ask: { path: '/label/' },
    ours: 200,
    told: [
      'Mapping default/label',
      'spec.labels.ambassador[0].group[0].header',
      'spec.labels.ambassador[0].group[0]',
      'spec.labels.ambassador',
    ],
  },
  'v3alpha1: tls: "true"': {
    input: mapping('secure', secure.port, "prefix: /secure/, tls: 'true'"),
    ask: { path: '/secure/' },
    emissary: 'a TLSContext called true, which is not there',
    ours: ({ status, body }) => [status, body],
    gives: [200, 'reached'],
  },
  'labels: {}': {
    input: mapping('unlabelled', a.port, 'prefix: /unlabelled/, labels: {}'),
    ask: { path: '/unlabelled/' },
    ours: 200,
    told: ['Mapping default/unlabelled'],
  },
  'labels of a domain without any': {
    input: mapping('empty', a.port, 'prefix: /empty/, labels: { ambassador: [] }'),
    ask: { path: '/empty/' },
    ours: 200,
    told: ['Mapping default/empty'],
  },
  'two Hosts of one name, Route and then Redirect': {
    input:
      host('twice.example', open, 'name: twice-1') +
      host('twice.example', redirecting, 'name: twice-2'),
    ask: { host: 'twice.example', path: '/all/' },
    emissary: '301: the last one counts',
    ours: 200,
    told: ['Host default/twice-2', 'spec.hostname', 'spec.hostname'],
  },
  'headers to remove of a member that removes others itself': {
    input:
      mapping('main', a.port, 'prefix: /group/, remove_request_headers: [x-a], weight: 0') +
      mapping('other', b.port, 'prefix: /group/, remove_request_headers: [x-b]'),
    ask: { path: '/group/', headers: { 'x-a': 'a', 'x-b': 'b' } },
    emissary: 'the list of one member is that of all',
    ours: ({ said: { headers } }) => [headers['x-a'], headers['x-b'] ?? 'none'],
    gives: ['a', 'none'],
  },
};

for (const [title, row] of Object.entries(rows)) test(titleOf(title, row), answersAs, gateway, row);

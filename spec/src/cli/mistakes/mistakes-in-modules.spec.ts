import test from 'ava';

import { anObject, isAnswered } from './is-answered.ts';

const settings = (config: string): string =>
  anObject('Module', `{ config: { ${config} } }`).replace('name: a', 'name: ambassador');

const rows: readonly (readonly [name: string, text: string, ...said: readonly string[]])[] = [
  [
    'a Module of another name',
    settings('diagnostics: { enabled: false }').replace('name: ambassador', 'name: settings'),
    '3:13 Module default/settings: metadata.name: a Module has the settings of the gateway if its name is "ambassador", and else no effect',
  ],
  [
    'the Module tls',
    settings('server: { enabled: true }').replace('name: ambassador', 'name: tls'),
    '3:13 Module default/tls: metadata.name: TLS is not set up by a Module: a Host names the Secret with its certificate (tlsSecret), and a TLSContext says how TLS is spoken',
  ],
  [
    'the Module tls, which asks clients for certificates',
    settings('server: { enabled: true }, client: { enabled: true, cert_required: true }').replace(
      'name: ambassador',
      'name: tls',
    ),
    '4:46 Module default/tls: spec.config.client: no effect, as in Emissary since version 2: clients are NOT asked for certificates because of it; a Host asks that has cert_required and ca_secret in its tls, or in the TLSContext that it names',
    '3:13 Module default/tls: metadata.name: TLS is not set up by a Module: a Host names the Secret with its certificate (tlsSecret), and a TLSContext says how TLS is spoken',
  ],
  [
    'the Module tls, which asks clients for certificates no more',
    settings('client: { enabled: false, cert_required: true }').replace(
      'name: ambassador',
      'name: tls',
    ),
    '3:13 Module default/tls: metadata.name: TLS is not set up by a Module: a Host names the Secret with its certificate (tlsSecret), and a TLSContext says how TLS is spoken',
  ],
  [
    'a Module that asks clients for certificates under the key tls',
    settings('tls: { client: { ca_secret: ca } }'),
    '4:26 Module default/ambassador: spec.config.tls.client: no effect, as in Emissary since version 2: clients are NOT asked for certificates because of it; a Host asks that has cert_required and ca_secret in its tls, or in the TLSContext that it names',
    '4:19 Module default/ambassador: spec.config.tls: expected no tls in a Module: a Host names the Secret with its certificate, got {"client":{"ca_secret":"[redacted]"}}',
  ],
  [
    'a Module without config',
    anObject('Module', '{ diagnostics: { enabled: false } }').replace(
      'name: a',
      'name: ambassador',
    ),
    '4:1 Module default/ambassador: spec.config: expected an object, got nothing',
    '4:9 Module default/ambassador: spec.diagnostics: no such field; it has no effect',
  ],
  [
    'a slip in a key',
    settings('server_nam: edge'),
    '4:19 Module default/ambassador: spec.config.server_nam: no such field; it has no effect; did you mean server_name?',
  ],
  [
    'a number in quotation marks',
    settings(`listener_idle_timeout_ms: '5000'`),
    '1:1 Module default/ambassador: until it can be used, all requests are answered 503, except those that are redirected',
    '4:19 Module default/ambassador: spec.config.listener_idle_timeout_ms: expected an integer from 0 to 2147483647, got "5000"; did you mean 5000?',
  ],
  [
    'a block of addresses',
    settings('ip_allow: [{ peer: 10.0.0.0/40 }]'),
    '4:32 Module default/ambassador: spec.config.ip_allow[0].peer: expected an IP address or a CIDR block, got "10.0.0.0/40"',
  ],
  [
    'a word in lower case',
    settings('forward_client_cert_details: sanitize_set'),
    '1:1 Module default/ambassador: until it can be used, all requests are answered 503, except those that are redirected',
    '4:19 Module default/ambassador: spec.config.forward_client_cert_details: expected one of "SANITIZE", "FORWARD_ONLY", "APPEND_FORWARD", "SANITIZE_SET", "ALWAYS_FORWARD_ONLY", got "sanitize_set"; did you mean SANITIZE_SET?',
  ],
  [
    'a page for a success',
    settings('error_response_overrides: [{ on_status_code: 200, body: { text_format: a } }]'),
    '1:1 Module default/ambassador: until it can be used, all requests are answered 503, except those that are redirected',
    '4:48 Module default/ambassador: spec.config.error_response_overrides[0].on_status_code: expected an integer from 400 to 599, got 200',
  ],
  [
    'a page in a file',
    settings(
      'error_response_overrides: [{ on_status_code: 404, body: { text_format_source: { filename: /a } } }]',
    ),
    '4:77 Module default/ambassador: spec.config.error_response_overrides[0].body.text_format_source: expected text_format or json_format, as no file is read; the error stays as it is, got a file',
  ],
  [
    'breakers without a list',
    settings('circuit_breakers: { max_connections: 7 }'),
    '1:1 Module default/ambassador: until it can be used, all requests are answered 503, except those that are redirected',
    '4:19 Module default/ambassador: spec.config.circuit_breakers: expected a list of at most 1000 entries, got {"max_connections":7}; did you mean [{"max_connections":7}]?',
  ],
];

for (const [name, text, ...said] of rows) test(name, isAnswered, text, ...said);

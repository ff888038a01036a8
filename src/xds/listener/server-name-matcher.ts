import type {
  XdsMatcher as Matcher,
  XdsMatcherMatcherListFieldMatcher as Choice,
  XdsMatcherMatcherListPredicate as Condition,
  XdsTypedExtensionConfig as Input,
} from '../../../proto/envoy.ts';
import { any } from '../message/encode.ts';

/**
 * Chooses between the chain for cleartext and the one for TLS.
 *
 * Envoy asks the control plane for whatever server name a client sends. A name that is not UTF-8
 * cannot be sent: such a request ended the ADS stream, and Envoy waited for the answer for ever
 * (measured on 1.40.0). So a connection is closed if its server name has a character that host
 * names do not have. Envoy compares it in lower case.
 */
export const serverNameMatcher = (): Matcher => ({
  matcher_list: {
    matchers: [
      chain('tls', matches(serverName, '[a-z0-9_.-]{1,253}')),
      chain('cleartext', is(transport, 'raw_buffer')),
      chain('tls', {
        and_matcher: {
          predicate: [is(transport, 'tls'), { not_matcher: matches(serverName, '(?s).+') }],
        },
      }),
    ],
  },
});

const serverName: Input = {
  name: 'server_name',
  typed_config: any('envoy.extensions.matching.common_inputs.network.v3.ServerNameInput', {}),
};

const transport: Input = {
  name: 'transport_protocol',
  typed_config: any(
    'envoy.extensions.matching.common_inputs.network.v3.TransportProtocolInput',
    {},
  ),
};

const chain = (name: string, predicate: Condition): Choice => ({
  predicate,
  on_match: { action: { name, typed_config: any('google.protobuf.StringValue', { value: name }) } },
});

const is = (input: Input, exact: string): Condition => ({
  single_predicate: { input, value_match: { exact } },
});

const matches = (input: Input, regex: string): Condition => ({
  single_predicate: { input, value_match: { safe_regex: { google_re2: {}, regex } } },
});

import test from 'ava';

import { get, values } from '../../../../src/collection/collection.ts';
import type { AccessLog } from '../../../../src/ir/access-log/access-log.ts';
import type { FilterChain } from '../../../../src/ir/filter-chain.ts';
import type { Listener } from '../../../../src/ir/listener.ts';
import { makeSnapshot } from '../../../../src/xds/make-snapshot.ts';
import { toJson } from '../../../../src/xds/message/to-json.ts';
import type { Resource } from '../../../../src/xds/resource.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { aChain, aListener, anIr } from '../../../_support/world/an-ir.ts';

interface Logging {
  readonly access_log?: readonly unknown[];
}
interface Shown extends Logging {
  readonly filter_chains: readonly {
    readonly filters: readonly { readonly typed_config: Logging }[];
  }[];
}

const resourcesOf = (
  accessLog: AccessLog | undefined,
  chain: Partial<FilterChain> = {},
  listener: Partial<Listener> = {},
) => {
  const log = accessLog === undefined ? {} : { accessLog };
  const ir = anIr({
    listeners: [aListener({ ...log, ...listener })],
    filterChains: [aChain(chain)],
  });
  return makeSnapshot(undefined, ir).resources;
};

const made = (...of: Parameters<typeof resourcesOf>): Resource => {
  const resource = get(resourcesOf(...of)[TypeUrl.Listener], 'web');
  if (resource === undefined) throw new Error('expected a listener');
  return resource;
};

/** The log of the listener, and that of what its chain carries. */
const logs = (resource: Resource) => {
  const { access_log: refused, filter_chains: chains } = toJson(resource) as unknown as Shown;
  return { refused, carried: chains[0]?.filters[0]?.typed_config.access_log };
};

const to = (log_format: object, filter?: object) => [
  {
    name: 'envoy.access_loggers.stdout',
    ...(filter !== undefined && { filter }),
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.access_loggers.stream.v3.StdoutAccessLog',
      log_format,
    },
  },
];

const refused = {
  or_filter: {
    filters: [
      { response_flag_filter: { flags: ['NR'] } },
      {
        extension_filter: {
          name: 'envoy.access_loggers.extension_filters.cel',
          typed_config: {
            '@type':
              'type.googleapis.com/envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter',
            expression: "connection.tls_version != '' && connection.transport_failure_reason != ''",
          },
        },
      },
    ],
  },
};

const json: AccessLog = { _tag: 'Json', fields: { b: '%PROTOCOL%', a: 'x' } };
const text: AccessLog = { _tag: 'Text', line: '%PROTOCOL% %%' };

test('requests are written down as JSON objects, and so are connections that get no further', (t) => {
  const format = { json_format: { a: 'x', b: '%PROTOCOL%' } };
  t.deepEqual(logs(made(json)), { refused: to(format, refused), carried: to(format) });
});

test('a line of text is for requests alone', (t) => {
  const format = { text_format_source: { inline_string: '%PROTOCOL% %%\n' } };
  t.deepEqual(logs(made(text)), { refused: undefined, carried: to(format) });
});

test('connections that are passed on are written down too', (t) => {
  const carries = {
    _tag: 'Tcp',
    statPrefix: 'db',
    backends: [{ cluster: 'db', weight: 1 }],
  } as const;
  const [proxy] = values(resourcesOf(json, { carries })[TypeUrl.Extension]);
  const { typed_config } = toJson(proxy ?? made(json)) as unknown as { typed_config: Logging };
  t.is(typed_config.access_log?.length, 1);
});

test('nothing is written down unless it is asked for', (t) => {
  t.deepEqual(logs(made(undefined)), { refused: undefined, carried: undefined });
});

test('the order in which fields are asked for does not count', (t) => {
  const other: AccessLog = { _tag: 'Json', fields: { a: 'x', b: '%PROTOCOL%' } };
  t.is(made(json).version, made(other).version);
});

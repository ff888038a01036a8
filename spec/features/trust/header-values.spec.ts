import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { mapping, openHost } from '../../_support/world/routing-manifests.ts';

const backend = await startBackend({ name: 'a', port: 0 });
const gateway = await aGateway(openHost);
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close()]);
});

const commands =
  'CONNECTION_ID, DOWNSTREAM_DIRECT_REMOTE_ADDRESS, DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT, ' +
  'DOWNSTREAM_LOCAL_ADDRESS, DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT, DOWNSTREAM_LOCAL_PORT, ' +
  'DOWNSTREAM_REMOTE_ADDRESS, DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT, DOWNSTREAM_REMOTE_PORT, ' +
  'DOWNSTREAM_TLS_CIPHER, DOWNSTREAM_TLS_VERSION, DURATION, PROTOCOL, REQUESTED_SERVER_NAME, ' +
  'REQUEST_DURATION, RESPONSE_CODE, RESPONSE_CODE_DETAILS, RESPONSE_DURATION, RESPONSE_FLAGS, ' +
  'ROUTE_NAME, START_TIME, STREAM_ID, UPSTREAM_CLUSTER, UPSTREAM_HOST, UPSTREAM_REMOTE_ADDRESS, ' +
  'UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT, UPSTREAM_REMOTE_PORT, REQ(header?other):length, ' +
  'RESP(header?other):length, START_TIME(format)';

/** Values that would tell something or change another response, and what is said of them. */
const refused: readonly (readonly [value: string, got: string])[] = [
  ['%ENVIRONMENT(HOME)%', '%ENVIRONMENT'],
  ['Bearer secret %FILE_CONTENT(/etc/passwd)%', '%FILE_CONTENT'],
  ['%HOSTNAME%', '%HOSTNAME'],
  ['%NO_SUCH_COMMAND%', '%NO_SUCH_COMMAND'],
  ['%DYNAMIC_METADATA(["\\u0025ENVIRONMENT(HOME)\\u0025"])%', 'DYNAMIC_METADATA(['],
  ['%%UPSTREAM_METADATA(["\\r\\nx-injected: y"])%%', 'UPSTREAM_METADATA(['],
  ['%PER_REQUEST_STATE(a)%', 'PER_REQUEST_STATE('],
];

for (const field of ['add_request_headers', 'add_response_headers'])
  test(`a value that could tell what is not of the request is refused, in ${field}`, async (t) => {
    const name = (i: number) => `${field.replaceAll('_', '-')}-${i}`;
    await gateway.apply(
      `${field}.yaml`,
      refused
        .map(([value], i) =>
          mapping(
            name(i),
            backend.port,
            `prefix: /${name(i)}/, ${field}: { x-a: { value: '${value}' } }`,
          ),
        )
        .join('') + mapping(name(refused.length), backend.port, `prefix: /${field}/`),
    );
    for (const [i, [, got]] of refused.entries()) {
      const said = (await gateway.problems(`Mapping default/${name(i)}`)).map(
        ({ field, message }) => `${field}: ${message}`,
      );
      t.deepEqual(said, [
        `spec.${field}.x-a.value: expected text, with no other commands between percent signs than ${commands}; two percent signs stand for one, got ${got}`,
      ]);
      t.is((await gateway.ask({ path: `/${name(i)}/` })).status, 404);
    }
    t.is((await gateway.ask({ path: `/${field}/` })).status, 200);
  });

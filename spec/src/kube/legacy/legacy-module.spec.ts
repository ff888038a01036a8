import test from 'ava';

import { withModule } from '../../../../src/kube/legacy/legacy-module.ts';

const reads = test.macro({
  exec(t, written: object, read: object) {
    t.deepEqual(withModule({ config: written }), { config: read });
  },
  title: (name = '') => `in a Module ${name}`,
});

test(
  'lists of CORS can be texts',
  reads,
  { cors: { origins: 'a, b' } },
  { cors: { origins: ['a', 'b'] } },
);

test(
  'headers of defaults can be texts, those to remove one text',
  reads,
  { defaults: { httpmapping: { add_request_headers: { a: 'b' }, remove_response_headers: 'c' } } },
  {
    defaults: {
      httpmapping: { add_request_headers: { a: { value: 'b' } }, remove_response_headers: ['c'] },
    },
  },
);

test(
  'labels can be words and texts',
  reads,
  { default_labels: { shop: { defaults: ['remote_address', { generic_key: 'x' }] } } },
  {
    default_labels: {
      shop: {
        defaults: [{ remote_address: { key: 'remote_address' } }, { generic_key: { value: 'x' } }],
      },
    },
  },
);

test(
  'idle_time can be called time',
  reads,
  { keepalive: { time: 5 } },
  { keepalive: { idle_time: 5 } },
);

test(
  'the JSON of an error can hold numbers',
  reads,
  {
    error_response_overrides: [
      { on_status_code: 404, body: { json_format: { code: 7, ok: false } } },
    ],
  },
  {
    error_response_overrides: [
      { on_status_code: 404, body: { json_format: { code: '7', ok: 'false' } } },
    ],
  },
);

test('what is new stays the value it is', (t) => {
  const config = { keepalive: { idle_time: 1 }, server_name: 'edge' };
  t.is(withModule({ config })['config'], config);
});

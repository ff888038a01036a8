import test from 'ava';

import { mostInstances, readHealthAnswer } from '../../../src/consul/health-answer.ts';

const entry = (address: string, port: number, node = '10.0.0.9') => ({
  Node: { Address: node, Node: 'n' },
  Service: { Address: address, Port: port, Tags: null },
});

const reads = test.macro({
  exec(t, body: unknown, expected: unknown) {
    t.deepEqual(readHealthAnswer(JSON.stringify(body)) as unknown, expected);
  },
  title: (name = '') => `an answer: ${name}`,
});

test('no instance', reads, [], { endpoints: [] });
test(
  'instances are sorted, each once',
  reads,
  [entry('10.0.0.2', 80), entry('10.0.0.1', 80), entry('10.0.0.2', 80)],
  {
    endpoints: [
      { address: '10.0.0.1', port: 80 },
      { address: '10.0.0.2', port: 80 },
    ],
  },
);
test('an instance without an address has that of its node', reads, [entry('', 80)], {
  endpoints: [{ address: '10.0.0.9', port: 80 }],
});
test('an instance without a port or any address', reads, [entry('10.0.0.1', 0), entry('', 1, '')], {
  endpoints: [],
});
const fault = 'the answer is no list of instances of a service';
test('null', reads, null, { fault });
test('an object', reads, { Service: {} }, { fault });
test('an entry without a service', reads, [{ Node: { Address: '10.0.0.1' } }], { fault });
test(
  'a port that is text',
  reads,
  [{ Node: { Address: '' }, Service: { Address: '', Port: '8' } }],
  {
    fault,
  },
);

test('what is no JSON is a fault', (t) => {
  t.deepEqual(readHealthAnswer('[{'), { fault });
});

test('too many instances are a fault, as a whole', (t) => {
  const entries = Array.from({ length: mostInstances + 1 }, (_, i) => entry('10.0.0.1', i + 1));

  t.deepEqual(readHealthAnswer(JSON.stringify(entries)), {
    fault: '5001 instances, more than 5000',
  });
  t.true('endpoints' in readHealthAnswer(JSON.stringify(entries.slice(1))));
});

import test from 'ava';

import { strayVariables } from '../../../src/cli/stray-variables.ts';

const known = ['HEADGATE_LOG_LEVEL', 'HEADGATE_WATCH_NAMESPACE'];

test('what is nearly a variable of an option is told with its name', (t) => {
  t.deepEqual(strayVariables({ HEADGATE_WATCH_NAMESPCE: 'shop' }, known), [
    'the variable HEADGATE_WATCH_NAMESPCE is not read; did you mean HEADGATE_WATCH_NAMESPACE?',
  ]);
});

test('what is near nothing has no effect, and it is said', (t) => {
  t.deepEqual(strayVariables({ HEADGATE_COLOUR: 'red', AMBASSADOR_COLOUR: 'red' }, known), [
    'the variable AMBASSADOR_COLOUR is not read; it has no effect',
    'the variable HEADGATE_COLOUR is not read; it has no effect',
  ]);
});

test('of variables of Emissary it is told what is read instead', (t) => {
  t.deepEqual(strayVariables({ AES_LOG_LEVEL: 'debug' }, known), [
    'the variable AES_LOG_LEVEL of Emissary is not read; HEADGATE_LOG_LEVEL is',
  ]);
});

test('of variables of Emissary without a meaning it is told why', (t) => {
  t.deepEqual(strayVariables({ STATSD_ENABLED: 'true', AMBASSADOR_DRAIN_TIME: '5' }, known), [
    'the variable STATSD_ENABLED of Emissary has no effect: statistics are on /metrics, for Prometheus',
  ]);
});

test('nothing is said of what is read, of what is of others, and of the Services of a namespace', (t) => {
  const env = {
    HEADGATE_LOG_LEVEL: 'info',
    HEADGATE_CACHE_DIR: '/cache',
    AMBASSADOR_ID: 'default',
    LOG_LEVEL: 'info',
    HEADGATE_SERVICE_HOST: '10.0.0.1',
    HEADGATE_ADMIN_SERVICE_PORT: '8877',
    HEADGATE_SERVICE_PORT_HTTP: '80',
    HEADGATE_PORT: 'tcp://10.0.0.1:80',
    HEADGATE_PORT_80_TCP_ADDR: '10.0.0.1',
    AMBASSADOR_SERVICE_HOST: '10.0.0.2',
  };

  t.deepEqual(strayVariables(env, known), []);
});

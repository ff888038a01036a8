import test from 'ava';

import { translate } from '../../../../src/translate/translate.ts';
import type { TranslateOptions } from '../../../../src/translate/translate-options.ts';
import { problemLines, storeOf, type Manifest } from '../../../_support/world/builders.ts';

/** A Module counts if it has this name. */
const nameOf = (kind: string): string => (kind === 'Module' ? 'ambassador' : 'one');

const anObject = (kind: string, namespace: string, spec: object): Manifest => ({
  apiVersion: 'getambassador.io/v3alpha1',
  kind,
  metadata: { namespace, name: nameOf(kind) },
  spec,
});

const governors = (namespace: string): readonly Manifest[] => [
  anObject('AuthService', namespace, { auth_service: 'auth' }),
  anObject('LogService', namespace, { service: 'log', driver: 'http', driver_config: {} }),
  anObject('Module', namespace, { config: {} }),
  anObject('RateLimitService', namespace, { service: 'limits', protocol_version: 'v3' }),
  anObject('TracingService', namespace, { service: 'traces', driver: 'zipkin' }),
];

/** What is said of objects of each kind, beside that they are not supported yet. */
const said = (namespace: string, more: Partial<TranslateOptions>): readonly string[] => {
  const options = { ambassadorId: 'default', namespace: 'gateway', ...more };
  const translation = translate(options)(undefined, storeOf(...governors(namespace)));
  return problemLines(translation).filter((line) => !line.includes('not supported yet'));
};

const kinds = ['AuthService', 'LogService', 'Module', 'RateLimitService', 'TracingService'];

test('nothing is said of objects for all namespaces where they are expected', (t) => {
  t.deepEqual(said('gateway', {}), []);
  t.deepEqual(said('gateway', { isolation: true }), []);
  t.deepEqual(said('tools', { trustedNamespaces: ['tools'] }), []);
  t.deepEqual(said('tools', { isolation: true, trustedNamespaces: ['tools'] }), []);
});

test('of any other namespace they are noted', (t) => {
  t.deepEqual(
    said('blog', { trustedNamespaces: ['tools'] }),
    kinds.map(
      (kind) =>
        `${kind} blog/${nameOf(kind)}: it is for the requests of all namespaces, and of namespace blog, which is not trusted`,
    ),
  );
});

test('with isolation they count in trusted namespaces alone, and say so elsewhere', (t) => {
  t.deepEqual(
    said('blog', { isolation: true }),
    kinds.map(
      (kind) =>
        `${kind} blog/${nameOf(kind)}: expected it in a trusted namespace: it is for the requests of all namespaces, which are isolated`,
    ),
  );
});

test('nothing is said of those of another installation', (t) => {
  t.deepEqual(said('blog', { isolation: true, ambassadorId: 'other' }), []);
});

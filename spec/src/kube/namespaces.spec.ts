import test from 'ava';

import { decode } from '../../../src/kube/decode.ts';
import { isSupportedRelease, releaseOf, showRelease } from '../../../src/kube/gateway/release.ts';

const read = (apiVersion: string, kind: string, metadata: object, more = {}): unknown => {
  const decoding = decode({ apiVersion, kind, metadata, ...more });
  return decoding._tag === 'Decoded' ? [decoding.item.key, decoding.item.object] : decoding._tag;
};

test('a Namespace has its labels, and its name as one of them', (t) => {
  const named = (labels: object) => ({ name: 'shop', namespace: 'default', labels });

  t.deepEqual(read('v1', 'Namespace', { name: 'shop' }), [
    '/shop',
    { metadata: named({ 'kubernetes.io/metadata.name': 'shop' }) },
  ]);
  t.deepEqual(read('v1', 'Namespace', { name: 'shop', labels: { team: 'web' } }), [
    '/shop',
    { metadata: named({ team: 'web', 'kubernetes.io/metadata.name': 'shop' }) },
  ]);
});

test('of a ConfigMap nothing is kept but an authority', (t) => {
  const metadata = { namespace: 'shop', name: 'a', labels: { team: 'web' } };
  const data = { 'ca.crt': 'PEM', password: 'secret' };

  t.deepEqual(read('v1', 'ConfigMap', metadata, { data }), [
    'shop/a',
    { metadata: { namespace: 'shop', name: 'a', labels: {} }, data: { 'ca.crt': 'PEM' } },
  ]);
});

const aDefinition = (name: string, annotations?: object) =>
  read('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
    name,
    labels: { app: 'a' },
    ...(annotations && { annotations }),
  });

test('of a definition of the Gateway API its release is kept; others are nothing', (t) => {
  const release = {
    'gateway.networking.k8s.io/bundle-version': 'v1.7.0',
    'gateway.networking.k8s.io/channel': 'standard',
  };

  t.deepEqual(aDefinition('gateways.gateway.networking.k8s.io', { ...release, other: 'a' }), [
    '/gateways.gateway.networking.k8s.io',
    {
      metadata: {
        ...{ name: 'gateways.gateway.networking.k8s.io', namespace: 'default', labels: {} },
        annotations: release,
      },
    },
  ]);
  t.is(aDefinition('mappings.getambassador.io'), 'Ignored');
  t.is(read('apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', { name: 'a' }), 'Ignored');
});

test('releases from v1.4 to v1.7 are supported', (t) => {
  const isSupported = (version?: string) =>
    isSupportedRelease(version === undefined ? {} : { version });

  t.deepEqual(['v1.4.0', 'v1.7.0', 'v1.7.3', 'v1.6.0-rc.1', 'v1.5'].map(isSupported), [
    ...[true, true, true, true, true],
  ]);
  t.deepEqual(['v1.3.9', 'v1.8.0', 'v1.17.0', 'v2.5.0', '1.7.0', '', undefined].map(isSupported), [
    ...[false, false, false, false, false, false, false],
  ]);
});

test('a release is shown with its channel', (t) => {
  const metadata = { name: 'a', namespace: 'default', labels: {} };

  t.is(showRelease({ version: 'v1.7.0', channel: 'standard' }), 'v1.7.0 (standard channel)');
  t.is(showRelease(releaseOf({ metadata })), 'of an unknown version');
});

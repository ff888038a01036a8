import test from 'ava';

import { sharedResponses } from '../../../../src/edge/ads/shared-responses.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { encodeResponse } from '../../../_support/xds/encode-response.ts';
import { aCluster } from '../../../_support/xds/xds-world.ts';

const response = (nonce: string, version = '1', removed: readonly string[] = []) => ({
  typeUrl: TypeUrl.Cluster,
  nonce,
  resources: [aCluster('a', version)],
  removed,
});

test('what several streams are told differs in the nonce only', (t) => {
  const encode = sharedResponses();
  const one = response('1');
  for (const nonce of ['1', '17', '']) {
    const again = { ...one, nonce };
    t.deepEqual(encode(again), encodeResponse(again));
  }
});

test('other resources and other removals are other responses', (t) => {
  const encode = sharedResponses();
  for (const one of [response('1'), response('2', '2'), response('3', '2', ['b']), response('4')])
    t.deepEqual(encode(one), encodeResponse(one));
});

test('what is forgotten or too large to be kept is encoded anew', (t) => {
  const encode = sharedResponses(1, 0);
  const one = response('1');
  t.deepEqual(encode(one), encode(one));
  t.deepEqual(encode(one), encodeResponse(one));
});

import test from 'ava';

import { statName } from '../../../../src/xds/message/stat-name.ts';

const becomes = test.macro({
  exec: (t, chosen: string, expected: string) => t.is(statName(chosen), expected),
  title: (_, chosen, expected) => `${JSON.stringify(chosen)} is called ${expected} in statistics`,
});

test(becomes, 'ingress_http', 'ingress_http');
test(becomes, 'my-shop', 'my-shop');
test(becomes, 'shop.v1', 'shop_v1');
test(becomes, 'a"} 1\nb', 'a___1_b');
test(becomes, 'café', 'caf_');

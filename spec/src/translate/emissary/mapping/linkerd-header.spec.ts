import test from 'ava';

import type { Discovery } from '../../../../../src/ir/cluster.ts';
import { linkerdHeader } from '../../../../../src/translate/emissary/mapping/linkerd-header.ts';

const tells = test.macro({
  exec(t, discovery: Discovery, value: string) {
    t.deepEqual(linkerdHeader({ discovery }), { name: 'l5d-dst-override', value, append: false });
  },
  title: (name = '') => `Linkerd is told of ${name}`,
});

const dns = { _tag: 'Dns', lookup: 'strict', port: 80, family: 'v4', respectTtl: false } as const;

test('a name', tells, { ...dns, host: 'web.shop' }, 'web.shop:80');
test('a name with its last dot', tells, { ...dns, host: 'web.example.' }, 'web.example:80');
test('a Service', tells, { _tag: 'Eds', endpoints: 'shop/web:8080' }, 'web.shop:8080');
test('an address', tells, { _tag: 'Static', address: '::1', port: 81 }, '[::1]:81');

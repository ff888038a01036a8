import test from 'ava';

import { headgate } from '../../../_support/process/headgate.ts';
import { aHost, aListener, aMapping } from '../../../_support/world/builders.ts';
import { datedSecret } from '../../../_support/world/certificate/dated-secret.ts';
import { host, listener } from '../../../_support/world/manifests.ts';

test('check says which objects are for other installations', async (t) => {
  const stdin = [
    aMapping('default/both', { prefix: '/a/', ambassador_id: ['default', 'other'] }),
    aMapping('default/others', { prefix: '/b/', ambassador_id: ['other', 'third'] }),
  ]
    .map((object) => JSON.stringify(object))
    .join('\n---\n');
  const manifests = `${listener.trimStart()}${host}---\n${stdin}`;
  const ofDefault = await headgate(['check', '-'], { stdin: manifests });
  const ofOther = await headgate(['check', '--ambassador-id', 'other', '-'], { stdin });

  t.is(ofDefault.code, 0);
  t.regex(
    ofDefault.stdout,
    /^\S+ Mapping default\/others: spec.ambassador_id: not for this installation, which is "default": it is for "other", "third"\n$/,
  );
  t.notRegex(ofOther.stdout, /not for this installation/);
});

test('check says that an object without an ambassador_id is for the installation default', async (t) => {
  const stdin = JSON.stringify(aMapping('default/none', { prefix: '/a/' }));
  const { code, stdout } = await headgate(['check', '--ambassador-id', 'other', '-'], { stdin });

  t.is(code, 0);
  t.regex(
    stdout,
    /not for this installation, which is "other": it is for "default", as it lists none/,
  );
});

test('check looks at the dates of certificates', async (t) => {
  const day = 86_400_000;
  const dates = [new Date(Date.now() - 2 * day), new Date(Date.now() - day)] as const;
  const objects = [
    aListener('default/https', { port: 8443, protocol: 'HTTPS' }),
    aHost('default/shop', { hostname: 'a.example', tlsSecret: { name: 'cert' } }),
    await datedSecret('default/cert', dates, 'a.example'),
  ];
  const stdin = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  const { code, stdout } = await headgate(['check', '-'], { stdin });

  t.is(code, 1);
  t.regex(
    stdout,
    /^\S+ Secret default\/cert: data.tls.crt: the certificate expired at .*Z; clients refuse it\n$/,
  );
});

import test from 'ava';

import type { Problem } from '../../../src/problem/problem.ts';
import { noticesOf } from '../../../src/status/notices.ts';

const object = 'Gateway default/gw';
const plain: Problem = { _tag: 'Note', object, field: '', note: 'a' };
const soon: Problem = { ...plain, field: 'spec', note: 'b', reason: 'CertificateExpiresSoon' };
const unfit: Problem = { _tag: 'UnfitCertificate', object, field: '', reason: 'c' };

const outcome = {
  object,
  version: { uid: '1' },
  problems: [plain, soon, unfit],
  serving: 'This',
} as const;

const notice = { type: 'Notice', status: 'True' };

test('a note with a reason is a notice', (t) => {
  t.deepEqual(noticesOf(outcome), [
    { ...notice, reason: 'CertificateExpiresSoon', message: 'spec: b' },
  ]);
});

test('so is a certificate that clients refuse, where no condition says it', (t) => {
  t.deepEqual(noticesOf({ ...outcome, report: {} }), [
    { ...notice, reason: 'CertificateExpiresSoon', message: 'spec: b' },
    { ...notice, reason: 'UnfitCertificate', message: 'c' },
  ]);
});

import test from 'ava';
import { firstValueFrom, throwError } from 'rxjs';

import type { ApiCall } from '../../../../src/edge/kube/kube-client.ts';
import { watchApi } from '../../../../src/edge/kube/watch-api.ts';
import { ApiFault } from '../../../../src/kube/reflect/api-fault.ts';

const absent = new ApiFault('404 page not found', { status: 404 });

/** A server that knows no kind, and answers `/version` with this. */
const serverWith = (version: unknown) => ({
  request: ({ path }: ApiCall): Promise<unknown> =>
    path === '/version' && version !== undefined
      ? Promise.resolve(version)
      : Promise.reject(absent),
  stream: () => throwError(() => absent),
});

const faults = async (version: unknown): Promise<readonly (number | undefined)[]> => {
  const things = { apiVersion: 'v1', plural: 'things', scope: 'Namespaced' } as const;
  const api = watchApi(serverWith(version), things);
  const failures = [
    await Promise.resolve(api.list({ limit: 1 })).catch((error: unknown) => error),
    await firstValueFrom(api.watch({ timeoutSeconds: 1 })).catch((error: unknown) => error),
  ];
  return failures.map((error) => (error instanceof ApiFault ? error.status : 0));
};

test('a kind that an API server does not have does not exist', async (t) => {
  t.deepEqual(await faults({ gitVersion: 'v1.36.3' }), [404, 404]);
});

test('a kind that something else does not have is only out of reach', async (t) => {
  t.deepEqual(await faults(undefined), [undefined, undefined]);
  t.deepEqual(await faults({ hello: 'world' }), [undefined, undefined]);
});

test('a selector that an API server does not take is named with its option', async (t) => {
  const refused = new ApiFault('field label not supported: spec.x', { status: 400 });
  const server = {
    request: () => Promise.reject(refused),
    stream: () => throwError(() => refused),
  };
  const things = { apiVersion: 'v1', plural: 'things', scope: 'Namespaced' } as const;
  const message = 'field label not supported: spec.x (asked with --field-selector spec.x=1)';
  const chosen = watchApi(server, { ...things, fieldSelector: 'spec.x=1' });

  await t.throwsAsync(async () => await chosen.list({ limit: 1 }), { message });
  await t.throwsAsync(firstValueFrom(chosen.watch({ timeoutSeconds: 1 })), { message });
  await t.throwsAsync(async () => await watchApi(server, things).list({ limit: 1 }), {
    message: refused.message,
  });
});

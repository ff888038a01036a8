import { startRateLimitService } from '../service/a-rate-limit-service.ts';
import { rateLimitService } from '../service/auth-manifests.ts';
import { mapping, moduleOf } from '../world/routing-manifests.ts';
import type { Editor, EditorGroup } from './editor.ts';
import type { Guard } from './guard.ts';

const guard: Guard = {
  credentials: { 'x-user': 'modest' },
  intruder: { headers: { 'x-user': 'greedy' }, status: 429 },
  hasLetPass: ({ 'x-user': user }) => user !== 'greedy',
};

/** Starts services that limit one user to nothing, and what edits the RateLimitServices and labels that ask them. */
export const startLimitEditors = async (): Promise<EditorGroup> => {
  const [one, two] = [await startRateLimitService(), await startRateLimitService()];
  for (const { limits } of [one, two]) limits((descriptor) => descriptor.includes('user=greedy'));
  const usual = rateLimitService('limits', one.port);
  const file = 'RateLimitService';
  const editors: readonly Editor[] = [
    {
      kind: 'RateLimitService: whom',
      file,
      manifests: (k) => rateLimitService('limits', k % 2 === 0 ? one.port : two.port),
    },
    {
      kind: 'RateLimitService: how',
      file,
      manifests: (k) =>
        rateLimitService(
          'limits',
          one.port,
          `timeout_ms: ${20_000 + k}, failure_mode_deny: ${k % 2 === 0}, stats_name: edit-${k % 3}`,
        ),
    },
    {
      kind: 'RateLimitService: its name',
      file,
      manifests: (k) => rateLimitService(`limits-${k}`, k % 2 === 0 ? one.port : two.port),
    },
    {
      kind: 'RateLimitService: several',
      file,
      manifests: (k) => usual + (k % 2 === 0 ? '' : rateLimitService('a-limits', two.port)),
    },
    {
      kind: 'Mapping: its labels',
      file: 'Mapping',
      manifests: (k, { services }) =>
        mapping(
          'page',
          services.one.port,
          `prefix: /, timeout_ms: 50000, labels: { ambassador: [
            { user: [{ request_headers: { header_name: x-user, key: user } }, { generic_key: { value: 'edit-${k}' } }] },
            { edit: [{ generic_key: { value: 'edit-${k}' } }] }] }`,
        ),
    },
    {
      kind: 'Module: default labels',
      file: 'Module',
      manifests: (k) =>
        moduleOf(
          `default_labels: { ambassador: { defaults: [{ generic_key: { value: 'edit-${k}' } }] } }`,
        ),
    },
  ];
  return {
    editors,
    guard,
    unused: () => [one, two].flatMap(({ asked }, i) => (asked().length === 0 ? [`${i}`] : [])),
    stop: async () => {
      one.kill();
      two.kill();
      await Promise.resolve();
    },
  };
};

import { consulResolver } from '../consul/consul-manifests.ts';
import { startStandIn } from '../consul/stand-in.ts';
import { mapping, tcpMapping } from '../world/routing-manifests.ts';
import type { EditedWorld, Editor, EditorGroup } from './editor.ts';

/**
 * All traffic goes to services of Consul: their instances are replaced, the resolver asks another agent, and the
 * Mapping is edited.
 */
export const startConsulEditors = async (): Promise<EditorGroup> => {
  const agents = [await startStandIn(), await startStandIn()];
  let isEdited = 0;
  /** The next instance of both services is there before the one before it is gone. */
  const replaced = (k: number, { services }: EditedWorld): void => {
    const [page, echo] =
      k % 2 === 0 ? [services.one, services.socket] : [services.two, services.otherSocket];
    for (const { tell, take } of agents) {
      tell({ ID: `page-${k}`, Name: 'page', Port: page.port });
      tell({ ID: `echo-${k}`, Name: 'echo', Port: echo.port });
      take(`page-${k - 1}`);
      take(`echo-${k - 1}`);
    }
  };
  const manifests = (k: number, agent: number): string =>
    consulResolver('hot', agents[agent % 2]?.address ?? '') +
    mapping('page', 'page', `prefix: /, resolver: hot, connect_timeout_ms: ${5000 + k}`);
  const editors: readonly Editor[] = [
    {
      kind: 'instances in Consul',
      file: 'Mapping',
      manifests: (k, world) => {
        replaced(k, world);
        return manifests(isEdited, isEdited);
      },
    },
    {
      kind: 'ConsulResolver',
      file: 'Mapping',
      manifests: (k, world) => {
        if (k === 0) replaced(0, world);
        return manifests(isEdited, (isEdited = k));
      },
    },
    {
      kind: 'Mapping by Consul',
      file: 'Mapping',
      manifests: (k, world) => {
        if (k === 0) replaced(0, world);
        return manifests(k, isEdited);
      },
    },
    {
      kind: 'TCPMapping by Consul',
      file: 'TCPMapping',
      manifests: (k, { ports }) =>
        tcpMapping(
          'echo',
          'echo',
          `port: ${ports.other}, resolver: hot, idle_timeout_ms: '${600_000 + k}'`,
        ),
    },
  ];
  return {
    editors,
    unused: () => agents.filter(({ asked }) => asked().length === 0).map(({ address }) => address),
    stop: async () => {
      await Promise.all(agents.map(async ({ stop }) => await stop()));
    },
  };
};

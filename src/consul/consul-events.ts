import { consulServiceParts, type ConsulServiceName } from '../ir/endpoints.ts';
import { objectRef } from '../ir/object-ref.ts';
import type { ConsulAnswered, Reported } from '../kube/kube-event.ts';
import type { FollowedService } from './followed-service.ts';

/** What the pipe was told of a service. */
export type ToldOfService = Pick<FollowedService, 'endpoints' | 'trouble'>;

/** What there is to tell of a service that was told of already. */
export const consulEvents = (
  service: ConsulServiceName,
  before: ToldOfService,
  { endpoints, trouble }: ToldOfService,
): readonly (ConsulAnswered | Reported)[] => [
  ...(endpoints === undefined || endpoints === before.endpoints
    ? []
    : [{ _tag: 'ConsulAnswered', service, endpoints } as const]),
  ...(trouble?.cause === before.trouble?.cause && trouble?.since === before.trouble?.since
    ? []
    : [reported(service, trouble)]),
];

/** What is said about a service, or with nothing that nothing is wrong with it. */
export const reported = (
  service: ConsulServiceName,
  trouble: ToldOfService['trouble'],
): Reported => {
  const [resolver, name] = consulServiceParts(service);
  return {
    _tag: 'Reported',
    origin: `Consul ${service.slice('consul:'.length)}`,
    problems:
      trouble === undefined
        ? []
        : [
            {
              _tag: 'Unanswered',
              object: objectRef('ConsulResolver', resolver),
              field: 'spec.address',
              reason: `service ${name}: ${trouble.cause}, since ${new Date(trouble.since).toISOString()}; the endpoints known last stay`,
            },
          ],
  };
};

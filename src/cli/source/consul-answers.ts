import { asapScheduler, finalize, observeOn, tap, type Observable } from 'rxjs';

import { followConsul } from '../../../streams/consul/follow-consul.ts';
import type { Metrics } from '../../edge/admin/metrics.ts';
import { consulClient } from '../../edge/consul/ask-consul.ts';
import type { Ir } from '../../ir/ir.ts';
import type { ConsulEvent, Reported } from '../../kube/kube-event.ts';
import type { AddressOptions } from '../../translate/contribution/refused-addresses.ts';

interface ConsulUse {
  /** The endpoints in what is published: they say what is to be asked. */
  readonly endpoints$: Observable<Ir['endpoints']>;
  readonly options: AddressOptions;
  readonly env: NodeJS.ProcessEnv;
  readonly metrics: Pick<Metrics, 'consulServices'>;
}

/** What Consul answers about the services that are referred to; nobody is asked before it is subscribed. */
export const consulAnswers = ({
  endpoints$,
  options,
  env,
  metrics,
}: ConsulUse): Observable<readonly (ConsulEvent | Reported)[]> => {
  const client = consulClient(env, options);
  const known = new Set<string>();
  const failing = new Set<string>();
  const counted = (event: ConsulEvent | Reported): void => {
    if (event._tag === 'ConsulAnswered') known.add(event.service);
    else if (event._tag === 'ConsulForgotten') known.delete(event.service);
    else if (event.problems.length > 0) failing.add(event.origin);
    else failing.delete(event.origin);
  };
  return endpoints$.pipe(
    // What follows from a publication is not part of it.
    observeOn(asapScheduler),
    followConsul({ ask: client.ask, random: Math.random }),
    tap((events) => {
      events.forEach(counted);
      metrics.consulServices({ answered: known.size, failing: failing.size });
    }),
    finalize(client.close),
  );
};

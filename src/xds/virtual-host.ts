import type { VirtualHost } from '../ir/virtual-host.ts';
import { encode } from './encode.ts';
import { part, type Part } from './part.ts';
import { route } from './route.ts';

/** The routes for one domain, as a part of its route table. A table holds no domain twice. */
export const virtualHost = ({ domain, routes }: VirtualHost): Part =>
  part(
    encode('envoy.config.route.v3.RouteConfiguration', {
      virtual_hosts: [{ name: domain, domains: [domain], routes: routes.map(route) }],
    }),
  );

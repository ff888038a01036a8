import { messageToJson } from '../../../src/xds/message/to-json.ts';
import { route } from '../../../src/xds/route/route.ts';
import { aRoute } from '../world/an-ir.ts';

/** What Envoy gets for a route with these fields. */
export const routeJson = (fields: Parameters<typeof aRoute>[0]): unknown =>
  messageToJson('envoy.config.route.v3.Route', route(aRoute(fields)));

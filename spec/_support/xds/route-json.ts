import { messageToJson } from '../../../src/xds/message/to-json.ts';
import { route } from '../../../src/xds/route/route.ts';
import { aRoute } from '../world/an-ir.ts';

/** What Envoy gets for a route with these fields, but for its name. */
export const routeJson = (fields: Parameters<typeof aRoute>[0]): unknown => {
  const { name: _, ...others } = route(aRoute(fields));
  return messageToJson('envoy.config.route.v3.Route', others);
};

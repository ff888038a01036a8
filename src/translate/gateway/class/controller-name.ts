/** The controller that our GatewayClasses name; entries of a status that we write carry it too. */
export const controllerName = 'headgate.io/gateway-controller';

/** What a GatewayClass names whose Gateways are ours, and what we sign entries of a status with. */
export const controllerName = 'headgate.io/gateway-controller';

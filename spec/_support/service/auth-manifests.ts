/** An AuthService that asks a port of this machine; more of its spec in flow style. */
export const authService = (
  name: string,
  service: number | string,
  spec: string,
  metadata = `name: ${name}`,
): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: AuthService
metadata: { ${metadata} }
spec: { auth_service: '${typeof service === 'number' ? `127.0.0.1:${service}` : service}', ${spec} }
`;

/** A Module with this configuration in flow style. */
export const module = (name: string, config: string): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: Module
metadata: { name: ${name} }
spec: { config: { ${config} } }
`;

/** A RateLimitService that asks a port of this machine; more of its spec in flow style. */
export const rateLimitService = (
  name: string,
  port: number,
  more = 'timeout_ms: 20000',
): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: RateLimitService
metadata: { name: ${name} }
spec: { service: '127.0.0.1:${port}', protocol_version: v3, ${more} }
`;

/** A Listener for cleartext on 8080. */
export const listener = `
apiVersion: getambassador.io/v3alpha1
kind: Listener
metadata: { name: http }
spec:
  { port: 8080, protocol: HTTP, securityModel: XFP, hostBinding: { namespace: { from: ALL } } }
`;

/** A Host for every name that routes cleartext. */
export const host = `
---
apiVersion: getambassador.io/v3alpha1
kind: Host
metadata: { name: all }
spec: { hostname: '*', requestPolicy: { insecure: { action: Route } } }
`;

/** A Mapping from `/name/` to a Service of that name. */
export const mapping = (name: string, extra = ''): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: { name: ${name} }
spec: { hostname: '*', prefix: /${name}/, service: '${name}:80'${extra} }
`;

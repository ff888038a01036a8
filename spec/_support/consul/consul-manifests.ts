/** A ConsulResolver as a manifest. */
export const consulResolver = (
  name: string,
  address: string,
  datacenter = 'dc1',
  namespace = 'default',
): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: ConsulResolver
metadata: { name: ${name}, namespace: ${namespace} }
spec: { address: '${address}', datacenter: ${datacenter} }
`;

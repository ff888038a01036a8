/** A TLSContext; fields of its spec in flow style. */
export const tlsContext = (name: string, fields: string, metadata = `name: ${name}`): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: { ${metadata} }
spec: { ${fields} }
`;

/** An Opaque Secret with these texts. */
export const opaqueSecret = (
  name: string,
  data: Readonly<Record<string, string>>,
  metadata = `name: ${name}`,
): string => `
---
apiVersion: v1
kind: Secret
metadata: { ${metadata} }
type: Opaque
data: ${JSON.stringify(
  Object.fromEntries(
    Object.entries(data).map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
  ),
)}
`;

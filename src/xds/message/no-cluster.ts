/** A name that no cluster has: a request that is sent there is answered by Envoy itself. */
export const noCluster = 'none';

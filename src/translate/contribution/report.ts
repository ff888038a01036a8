import type { ListenerName } from '../../ir/listener.ts';

/** A condition as a language decides it. */
export interface ReportedCondition {
  readonly type: string;
  readonly status: 'True' | 'False';
  /** In CamelCase, for programs. */
  readonly reason: string;
  /** For people. */
  readonly message: string;
  /** It is true only once all Envoys have acknowledged the object; until then `Pending` is said. */
  readonly awaitsEnvoys?: true;
}

/** What the owner of an object is told in the status of its kind, in the words of the Gateway API. */
export interface Report {
  /** Of a GatewayClass, a Gateway, a ListenerSet. */
  readonly conditions?: readonly ReportedCondition[];
  /** Of a Gateway or ListenerSet: one for each listener, in the order of the spec. */
  readonly listeners?: readonly ListenerReport[];
  /** Of a Gateway: where it can be reached. */
  readonly addresses?: readonly ReportedAddress[];
  /** Of a Gateway: how many ListenerSets add listeners to it. */
  readonly attachedListenerSets?: number;
  /** Of a GatewayClass: what is supported, sorted by name. */
  readonly supportedFeatures?: readonly string[];
  /** Of a route: one for each parent that is ours. */
  readonly parents?: readonly ParentReport[];
  /** Of a policy: one for each Gateway for which it counts. */
  readonly ancestors?: readonly ParentReport[];
  /** Of an Ingress: where it can be reached, as the Service of the gateway says. */
  readonly loadBalancer?: readonly LoadBalancerAddress[];
}

/** What is told of one listener. */
export interface ListenerReport {
  readonly name: string;
  readonly supportedKinds: readonly { readonly group: string; readonly kind: string }[];
  readonly attachedRoutes: number;
  /** The listeners in Envoy on which it is served; this is not written anywhere. */
  readonly binds?: readonly ListenerName[];
  readonly conditions: readonly ReportedCondition[];
}

/** An address of a Service, by which it can be reached from outside. */
interface LoadBalancerAddress {
  readonly ip?: string;
  readonly hostname?: string;
}

/** An address of a Gateway. */
export interface ReportedAddress {
  readonly type: 'IPAddress' | 'Hostname';
  readonly value: string;
}

/** What is told of a route or policy with regard to one parent, which is named as its owner did. */
export interface ParentReport {
  readonly parentRef: {
    readonly group: string;
    readonly kind: string;
    readonly namespace?: string;
    readonly name: string;
    readonly sectionName?: string;
    readonly port?: number;
  };
  readonly conditions: readonly ReportedCondition[];
}

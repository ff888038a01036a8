/**
 * What is written down of each request, and of each connection that carries none. Formats hold commands of
 * Envoy (`%PROTOCOL%`).
 */
export type AccessLog = (JsonLog | TextLog) & {
  /** A file on the machine that Envoy is on, which it may write; absent: standard output. */
  readonly to?: string;
};

/** A JSON object a line: the fields by name, each with its format. */
interface JsonLog {
  readonly _tag: 'Json';
  readonly fields: Readonly<Record<string, string>>;
}

/** A line of text for each request; nothing of a connection without one. */
interface TextLog {
  readonly _tag: 'Text';
  /** Without the end of the line. */
  readonly line: string;
}

/**
 * The fields in JSON of requests and connections, under the names that Envoy's commands and Emissary give
 * them.
 *
 * The path is that of the client, without the query, in which some clients send credentials. The name of
 * the route is that of its object (decision 24), the virtual host is the domain that took the request.
 */
export const defaultFields: JsonLog['fields'] = {
  start_time: '%START_TIME%',
  method: '%REQ(:METHOD)%',
  path: '%PATH(NQ:ORIG_OR_PATH)%',
  protocol: '%PROTOCOL%',
  authority: '%REQ(:AUTHORITY)%',
  response_code: '%RESPONSE_CODE%',
  response_flags: '%RESPONSE_FLAGS%',
  response_code_details: '%RESPONSE_CODE_DETAILS%',
  connection_termination_details: '%CONNECTION_TERMINATION_DETAILS%',
  bytes_received: '%BYTES_RECEIVED%',
  bytes_sent: '%BYTES_SENT%',
  duration: '%DURATION%',
  upstream_service_time: '%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%',
  request_id: '%REQ(X-REQUEST-ID)%',
  user_agent: '%REQ(USER-AGENT)%',
  x_forwarded_for: '%REQ(X-FORWARDED-FOR)%',
  downstream_remote_address: '%DOWNSTREAM_REMOTE_ADDRESS%',
  downstream_local_address: '%DOWNSTREAM_LOCAL_ADDRESS%',
  downstream_tls_version: '%DOWNSTREAM_TLS_VERSION%',
  downstream_transport_failure_reason: '%DOWNSTREAM_TRANSPORT_FAILURE_REASON%',
  requested_server_name: '%REQUESTED_SERVER_NAME%',
  virtual_host: '%CEL(xds.virtual_host_name)%',
  route_name: '%ROUTE_NAME%',
  upstream_cluster: '%UPSTREAM_CLUSTER%',
  upstream_host: '%UPSTREAM_HOST%',
  upstream_transport_failure_reason: '%UPSTREAM_TRANSPORT_FAILURE_REASON%',
};

/** What is written down unless somebody chooses otherwise. */
export const defaultLog: AccessLog = { _tag: 'Json', fields: defaultFields };

/** The line that Emissary writes by default, with the query. */
export const emissaryLog: TextLog = {
  _tag: 'Text',
  line:
    'ACCESS [%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" ' +
    '%RESPONSE_CODE% %RESPONSE_FLAGS% %BYTES_RECEIVED% %BYTES_SENT% %DURATION% ' +
    '%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%" ' +
    '"%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%"',
};

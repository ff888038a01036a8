{{- define "headgate.ownEnv" -}}
- name: AMBASSADOR_NAMESPACE
  valueFrom: { fieldRef: { fieldPath: metadata.namespace } }
- name: AMBASSADOR_ID
  value: {{ .Values.ambassadorId | quote }}
{{- if .Values.writeStatus }}
- name: HEADGATE_LEASE_NAME
  value: {{ include "headgate.fullname" . }}
{{- else }}
- name: HEADGATE_NO_STATUS
  value: 'true'
{{- end }}
{{- if .Values.serveUnguarded }}
- name: HEADGATE_SERVE_UNGUARDED
  value: 'true'
{{- end }}
{{- if .Values.namespaceBudget }}
- name: HEADGATE_NAMESPACE_BUDGET
  value: {{ .Values.namespaceBudget | quote }}
{{- end }}
- name: HEADGATE_LOG_LEVEL
  value: {{ .Values.log.level }}
- name: HEADGATE_LOG_FORMAT
  value: {{ .Values.log.format }}
- name: HEADGATE_ACCESS_LOG
  value: {{ include "headgate.accessLog" .Values.accessLog | quote }}
- name: HEADGATE_DRAIN_DELAY
  value: {{ .Values.shutdown.delaySeconds | quote }}
- name: HEADGATE_DRAIN_TIME
  value: {{ .Values.shutdown.drainSeconds | quote }}
- name: HEADGATE_HEAP_PERCENT
  value: {{ .Values.heapPercent | quote }}
- name: HEADGATE_ENVOY_MAX_CONNECTIONS
  value: {{ .Values.envoy.maxConnections | int | quote }}
{{- if .Values.adminService.diagnostics }}
- name: HEADGATE_DIAGNOSTICS
  value: "true"
{{- end }}
- name: HEADGATE_ENVOY_STATS
  value: {{ .Values.envoy.stats | quote }}
{{- if .Values.envoy.routeStats }}
- name: HEADGATE_ROUTE_STATS
  value: 'true'
{{- end }}
{{- if .Values.envoy.heapPercent }}
- name: HEADGATE_ENVOY_MAX_HEAP
  value: {{ include "headgate.envoyHeap" . | quote }}
{{- end }}
- name: HEADGATE_ENVOY_READY_ADDRESS
  value: 0.0.0.0:8006
{{- with .Values.envoy.concurrency }}
- name: HEADGATE_ENVOY_CONCURRENCY
  value: {{ . | quote }}
{{- end }}
{{- if .Values.isolation.enabled }}
- name: HEADGATE_ISOLATION
  value: 'true'
{{- end }}
{{- with .Values.isolation.trustedNamespaces }}
- name: HEADGATE_TRUSTED_NAMESPACES
  value: {{ join "," . }}
{{- end }}
{{- with .Values.isolation.referenceGrants }}
{{- $grants := list }}
{{- range . }}{{ $grants = append $grants (printf "%s:%s" .from .to) }}{{ end }}
- name: HEADGATE_REFERENCE_GRANTS
  value: {{ join "," $grants | quote }}
{{- end }}
{{- with .Values.allowAddresses }}
- name: HEADGATE_ALLOW_ADDRESSES
  value: {{ join "," . }}
{{- end }}
{{- if not .Values.gatewayApi.enabled }}
- name: HEADGATE_NO_GATEWAY_API
  value: 'true'
{{- end }}
{{- $isRead := or (not .Values.scope.namespace) (eq .Values.scope.namespace .Release.Namespace) }}
{{- if and (include "headgate.hasGatewayApi" .) .Values.gatewayApi.addresses }}
- name: HEADGATE_GATEWAY_ADDRESSES
  value: {{ join "," .Values.gatewayApi.addresses | quote }}
{{- else if and $isRead (or .Values.service.create .Values.service.name) }}
- name: HEADGATE_GATEWAY_SERVICE
  value: $(AMBASSADOR_NAMESPACE)/{{ include "headgate.serviceName" . }}
{{- end }}
{{- with .Values.scope.namespace }}
- name: HEADGATE_WATCH_NAMESPACE
  value: {{ . }}
{{- end }}
{{- with .Values.scope.secretsNamespace }}
- name: HEADGATE_SECRETS_NAMESPACE
  value: {{ . }}
{{- end }}
{{- if .Values.secrets.byName }}
- name: HEADGATE_SECRETS_BY_NAME
  value: 'true'
{{- end }}
{{- with .Values.scope.labelSelector }}
- name: HEADGATE_LABEL_SELECTOR
  value: {{ . | quote }}
{{- end }}
{{- with .Values.scope.fieldSelector }}
- name: HEADGATE_FIELD_SELECTOR
  value: {{ . | quote }}
{{- end }}
{{- with .Values.systemAuthorities }}
- name: HEADGATE_SYSTEM_AUTHORITIES
  value: {{ . | quote }}
{{- end }}
{{- if .Values.remote.enabled }}
- name: HEADGATE_ADS_TLS_ADDRESS
  value: 0.0.0.0:{{ .Values.remote.port }}
- name: HEADGATE_ADS_TLS_CERT
  value: /var/run/secrets/headgate-ads/tls.crt
- name: HEADGATE_ADS_TLS_KEY
  value: /var/run/secrets/headgate-ads/tls.key
- name: HEADGATE_ADS_TLS_CA
  value: /var/run/secrets/headgate-ads/ca.crt
{{- end }}
{{- end }}

{{- define "headgate.accessLog" -}}
{{- $fields := dict }}
{{- if .query }}{{ $_ := set $fields "path" "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%" }}{{ end }}
{{- range $name, $format := .fields }}{{ $_ := set $fields $name $format }}{{ end }}
{{- if not .enabled }}off
{{- else if not $fields }}{{ .format }}
{{- else if eq .format "json" }}{{ toJson $fields }}
{{- else }}{{ fail "accessLog: fields and query are for the format json" }}
{{- end }}
{{- end }}

{{- /* Our variables and the user's: an API server refuses a name that is there twice. */}}
{{- define "headgate.env" -}}
{{- $own := include "headgate.ownEnv" . }}
{{- $names := list "AMBASSADOR_DRAIN_TIME" }}
{{- range fromYamlArray $own }}{{ $names = append $names .name }}{{ end }}
{{- range .Values.env }}
{{- if has .name $names }}
{{- fail (printf "env: %s is set by another value of this chart" .name) }}
{{- end }}
{{- end }}
{{- $own }}
{{- with .Values.env }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "headgate.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "headgate.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains (include "headgate.name" .) .Release.Name }}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "headgate.name" .) | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "headgate.selectorLabels" -}}
app.kubernetes.io/name: {{ include "headgate.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "headgate.labels" -}}
{{ include "headgate.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "headgate.serviceAccountName" -}}
{{- default (include "headgate.fullname" .) .Values.serviceAccount.name }}
{{- end }}

{{- define "headgate.serviceName" -}}
{{- default (include "headgate.fullname" .) .Values.service.name }}
{{- end }}

{{- define "headgate.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end }}
{{- end }}

{{- /* A cluster-scoped name, one for each installation. */}}
{{- define "headgate.clusterName" -}}
{{ include "headgate.fullname" . }}-{{ .Release.Namespace }}
{{- end }}

{{- /* Classes and namespaces are the cluster's: with access to one namespace there is no Gateway API. */}}
{{- define "headgate.hasGatewayApi" -}}
{{- if and .Values.gatewayApi.enabled (not .Values.scope.namespace) }}yes{{ end }}
{{- end }}

{{- define "headgate.hasGatewayClass" -}}
{{- if include "headgate.hasGatewayApi" . }}
{{- $defined := .Capabilities.APIVersions.Has "gateway.networking.k8s.io/v1/GatewayClass" }}
{{- if kindIs "invalid" .Values.gatewayApi.gatewayClass.create | ternary $defined .Values.gatewayApi.gatewayClass.create }}yes{{ end }}
{{- end }}
{{- end }}

{{- define "headgate.secretsApart" -}}
{{- if and .Values.scope.secretsNamespace (ne .Values.scope.secretsNamespace .Values.scope.namespace) }}yes{{ end }}
{{- end }}

{{- /* The limit on the heap of Envoy, in MiB. Numbers of a file are floating: 1073741824 reads 1.073741824e+09. */}}
{{- define "headgate.envoyHeap" -}}
{{- if gt (add .Values.heapPercent .Values.envoy.heapPercent) 90 }}
{{- fail "heapPercent and envoy.heapPercent are more than 90 together: the rest of the memory is needed beside the heaps" }}
{{- end }}
{{- $limit := .Values.resources.limits.memory }}
{{- if not (kindIs "string" $limit) }}{{ $limit = $limit | int64 | toString }}{{ end }}
{{- $units := dict "" 1 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 }}
{{- $unit := get $units (regexFind "[A-Za-z]*$" $limit) }}
{{- $bytes := mulf (regexFind "^[0-9.]+" $limit | float64) $unit }}
{{- divf (mulf $bytes .Values.envoy.heapPercent) 104857600 | floor | int64 | max 1 }}
{{- end }}

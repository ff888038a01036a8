import type { Kind } from '../src/kube/kind.ts';
import type { Schema } from './schema.ts';

/** The schema of the status of a kind: conditions, and what Emissary writes there. */
export const statusSchema = (kind: Kind): Schema => ({
  description: 'What became of the object.',
  type: 'object',
  properties: { conditions, ...emissaryStatus[kind] },
});

const conditions: Schema = {
  type: 'array',
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['type'],
  maxItems: 16,
  items: {
    type: 'object',
    required: ['lastTransitionTime', 'message', 'reason', 'status', 'type'],
    properties: {
      lastTransitionTime: { type: 'string', format: 'date-time' },
      message: { type: 'string', maxLength: 32_768 },
      observedGeneration: { type: 'integer', format: 'int64', minimum: 0 },
      reason: {
        type: 'string',
        minLength: 1,
        maxLength: 1024,
        pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$',
      },
      status: { type: 'string', enum: ['True', 'False', 'Unknown'] },
      type: {
        type: 'string',
        maxLength: 316,
        pattern:
          '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?' +
          '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$',
      },
    },
  },
};

const phase: Schema = {
  type: 'string',
  enum: [
    'NA',
    'DefaultsFilled',
    'ACMEUserPrivateKeyCreated',
    'ACMEUserRegistered',
    'ACMECertificateChallenge',
  ],
};

const emissaryStatus: { readonly [K in Kind]?: Readonly<Record<string, Schema>> } = {
  Host: {
    errorBackoff: { type: 'string' },
    errorReason: { type: 'string' },
    errorTimestamp: { type: 'string', format: 'date-time' },
    phaseCompleted: phase,
    phasePending: phase,
    state: { type: 'string', enum: ['Initial', 'Pending', 'Ready', 'Error'] },
    tlsCertificateSource: { type: 'string', enum: ['Unknown', 'None', 'Other', 'ACME'] },
  },
  Mapping: {
    reason: { type: 'string' },
    state: { type: 'string', enum: ['', 'Inactive', 'Running'] },
  },
};

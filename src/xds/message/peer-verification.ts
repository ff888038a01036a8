import {
  SubjectAltNameMatcherSanType,
  type CommonTlsContextCombinedCertificateValidationContext,
  type SubjectAltNameMatcher,
} from '../../../proto/envoy.ts';
import type { PeerVerification, SubjectAltName } from '../../ir/trust-bundle.ts';
import { adsSource } from './ads-source.ts';

/** How Envoy verifies the certificate of the other side, be it a client or an upstream. */
export const peerVerification = ({
  trust,
  names,
}: PeerVerification): {
  readonly combined_validation_context: CommonTlsContextCombinedCertificateValidationContext;
} => ({
  combined_validation_context: {
    default_validation_context: {
      ...(names.length > 0 && { match_typed_subject_alt_names: names.map(nameMatcher) }),
    },
    validation_context_sds_secret_config: { name: trust, sds_config: adsSource },
  },
});

const nameMatcher = (san: SubjectAltName): SubjectAltNameMatcher =>
  san._tag === 'Dns'
    ? { san_type: SubjectAltNameMatcherSanType.DNS, matcher: { exact: san.name } }
    : { san_type: SubjectAltNameMatcherSanType.URI, matcher: { exact: san.uri } };

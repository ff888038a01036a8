import {
  bundleVersionAnnotation,
  channelAnnotation,
  type CustomResourceDefinition,
} from '../core/definition.ts';

/** The release of the Gateway API that a definition is of. */
export interface Release {
  /** `v1.7.0`; absent where the definition does not say. */
  readonly version?: string;
  /** `standard` or `experimental`. */
  readonly channel?: string;
}

/** What a definition says of its release. */
export const releaseOf = ({ metadata }: CustomResourceDefinition): Release => {
  const { [bundleVersionAnnotation]: version, [channelAnnotation]: channel } =
    metadata.annotations ?? {};
  return {
    ...(version === undefined ? {} : { version }),
    ...(channel === undefined ? {} : { channel }),
  };
};

/** The releases that are supported, by their first and last minor version. */
export const supportedReleases = { first: 'v1.4', last: 'v1.7' };

/** Whether a release is supported; what is of another one is read as far as it is the same. */
export const isSupportedRelease = ({ version = '' }: Release): boolean => {
  const minor = minorOf(version);
  return minor !== undefined && minor >= least && minor <= most;
};

/** For people: `v1.7.0 (standard channel)`. */
export const showRelease = ({ version = 'of an unknown version', channel }: Release): string =>
  channel === undefined ? version : `${version} (${channel} channel)`;

/** Of v1 only: another major version would be another API. */
const minorOf = (version: string): number | undefined => {
  const found = /^v1\.(\d{1,4})(?:[.-]|$)/.exec(version)?.[1];
  return found === undefined ? undefined : Number(found);
};

const [least = 0, most = 0] = [supportedReleases.first, supportedReleases.last].map(minorOf);

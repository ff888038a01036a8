import type { ObjectRef } from '../ir/object-ref.ts';
import { nearest } from '../problem/nearest.ts';
import type { Problem } from '../problem/problem.ts';
import { shown } from './codec/report.ts';
import { triedGroup } from './gateway/known-shapes.ts';
import { isKind, kinds, kindTable } from './kind.ts';
import { languageGroups } from './language.ts';
import { officialGroup } from './legacy/legacy-version.ts';

/**
 * What is wrong with an object of no kind that we read: its group is one of ours, or nearly; its kind is nearly
 * one that we read, or is ours and stands where only Kubernetes itself has kinds. Undefined for what is of others.
 */
export const nearlyOurs = (
  kind: string,
  apiVersion: string,
  object: ObjectRef,
): Problem | undefined => {
  const group = officialGroup(groupOf(apiVersion));
  const isOurs = ourGroups.includes(group);
  const meantGroup = isOurs ? undefined : nearest(group, Object.values(languageGroups));
  const version = isKind(kind) && kindTable[kind].language ? kindTable[kind].apiVersion : undefined;
  const isMisplaced = version !== undefined && (isOurs || ofKubernetes.test(apiVersion));
  if (meantGroup !== undefined || isMisplaced)
    return {
      ...{ _tag: 'InvalidField', object, field: 'apiVersion', got: shown(apiVersion) },
      expected: version ?? `a version of ${meantGroup}`,
    };
  const siblings = kinds.filter((one) => groupOf(kindTable[one].apiVersion) === group);
  const meant = nearest(kind, siblings);
  if (kind === meant || (meant === undefined && !isOurs)) return undefined;
  return {
    ...{ _tag: 'InvalidField', object, field: 'kind', got: shown(kind) },
    expected: `a kind of ${group === '' ? apiVersion : group}`,
    ...(meant !== undefined && { nearest: meant }),
  };
};

/** The API group of a version: `v1` has none. */
export const groupOf = (apiVersion: string): string =>
  apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf('/')));

const ourGroups: readonly string[] = [...Object.values(languageGroups), triedGroup];

/** A version of a group of Kubernetes: of none, or of one in its own domain. */
const ofKubernetes = /^[^/]*$|\.k8s\.io\//;

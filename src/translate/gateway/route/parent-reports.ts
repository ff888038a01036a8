import { definedOnly } from '../../../collection/defined-only.ts';
import type { ParentReport, ReportedCondition } from '../../contribution/report.ts';
import { fails, holds } from '../report/condition.ts';
import type { AttachedParent } from './attachment.ts';
import { rulesFor, type CompiledObject } from './compiled-object.ts';

/** What the owner of a route is told of each parent that is ours, in the order of its references. */
export const parentReports = ({ parents, compiled }: CompiledObject): readonly ParentReport[] =>
  parents.map((parent) => {
    const rules = rulesFor(compiled, parent)?.rules;
    return {
      parentRef: parentRef(parent),
      conditions: [
        acceptance(parent, rules?.accepted),
        ...(rules === undefined ? [] : [rules.resolvedRefs, ...rules.notes]),
      ],
    };
  });

/** As the owner wrote it, for whom defaults are filled in by the API server. */
const parentRef = ({ reference }: AttachedParent): ParentReport['parentRef'] => {
  const { group, kind, namespace, name, sectionName, port } = reference;
  return definedOnly({ group, kind, namespace, name, sectionName, port });
};

const acceptance = (
  { rejection }: AttachedParent,
  ofRules: ReportedCondition | undefined,
): ReportedCondition => {
  return rejection === undefined ? (ofRules ?? accepted) : fails('Accepted', rejection);
};

const accepted = holds('Accepted', 'A listener takes the route');

/** A Kubernetes label selector, as `mappingSelector` and `hostBinding.selector` hold one. */
export interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** Labels of an object. */
export type Labels = Readonly<Record<string, string>>;

/** Whether a selector has any condition; one without conditions counts as absent. */
export const isSelective = (selector: Selector | undefined): selector is Selector =>
  Object.keys(selector?.matchLabels ?? {}).length > 0 ||
  (selector?.matchExpressions ?? []).length > 0;

/** Whether labels satisfy every part of a selector; an operator that does not exist never holds. */
export const selects = (
  { matchLabels = {}, matchExpressions = [] }: Selector,
  labels: Labels,
): boolean =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
  matchExpressions.every(({ key, operator, values = [] }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
      default:
        return false;
    }
  });

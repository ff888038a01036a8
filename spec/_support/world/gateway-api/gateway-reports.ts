import { entries } from '../../../../src/collection/collection.ts';
import { atOnce } from '../../../../src/collection/work.ts';
import type { ReportedCondition } from '../../../../src/translate/contribution/report.ts';
import { gateway } from '../../../../src/translate/gateway/gateway.ts';
import { translateLanguages, type Translation } from '../../../../src/translate/translate.ts';
import type { TranslateOptions } from '../../../../src/translate/translate-options.ts';
import { storeOf, type Manifest } from '../builders.ts';

/** What objects of the Gateway API mean by themselves, by change where there is an earlier translation. */
export const gatewaysOf = (
  objects: readonly Manifest[],
  options: Partial<TranslateOptions> = {},
  previous?: Translation,
): Translation =>
  atOnce(
    translateLanguages([gateway({ ambassadorId: 'default', namespace: 'default', ...options })]),
  )(previous, storeOf(...objects));

/**
 * What owners are told of one object: `Accepted=True/Accepted` for each of its conditions, and with the name of
 * a listener before it for those of its listeners.
 */
export const toldOf = ({ outcomes }: Translation, kind: string, key: string): readonly string[] => {
  for (const ofKind of outcomes)
    for (const [one, entry] of entries(ofKind.entries)) {
      if (ofKind.kind !== kind || one !== key) continue;
      const { report } = ofKind.outcomeOf(entry);
      return [
        ...(report?.conditions ?? []).map(shown),
        ...(report?.listeners ?? []).flatMap(({ name, conditions }) =>
          conditions.map((condition) => `${name}: ${shown(condition)}`),
        ),
      ];
    }
  return [];
};

const shown = ({ type, status, reason }: ReportedCondition): string =>
  `${type}=${status}/${reason}`;

import type { UsableBackend } from '../backend/resolve-backend.ts';
import { inTurn } from './header-effects.ts';
import type { Effects } from './effects.ts';

/** A share of the requests of a rule. */
export interface Part {
  /** Greater than 0. */
  readonly weight: number;
  /** Absent: the share fails. */
  readonly backend?: UsableBackend;
  /** What the filters of its backend do. */
  readonly effects: Effects;
}

/** What the filters of a rule and then those of a backend do; on the way back it is the other way round. */
export const together = (rule: Effects, own: Effects): Effects => {
  const redirect = own.redirect ?? rule.redirect;
  const rewrite =
    rule.rewrite === undefined || own.rewrite === undefined
      ? (own.rewrite ?? rule.rewrite)
      : { ...rule.rewrite, ...own.rewrite };
  const cors = own.cors ?? rule.cors;
  return {
    requestHeaders: inTurn(rule.requestHeaders, own.requestHeaders),
    responseHeaders: inTurn(own.responseHeaders, rule.responseHeaders),
    mirrors: [...rule.mirrors, ...own.mirrors],
    ...(redirect !== undefined && { redirect }),
    ...(rewrite !== undefined && { rewrite }),
    ...(cors !== undefined && { cors }),
  };
};

/** Whether Envoy can do it for one of several clusters that share the requests of a route. */
export const isShareable = ({ mirrors, redirect, rewrite }: Effects): boolean =>
  mirrors.length === 0 && redirect === undefined && rewrite === undefined;

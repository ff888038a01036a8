import type { ReportedCondition } from '../../contribution/report.ts';
import type { Refusal } from '../class/our-gateways.ts';

/** A condition that holds; its reason is its own name unless there is more to say. */
export const holds = (type: string, message: string, reason: string = type): ReportedCondition => ({
  type,
  status: 'True',
  reason,
  message: sentence(message),
});

/** A condition that does not hold. */
export const fails = (type: string, { reason, message }: Refusal): ReportedCondition => ({
  type,
  status: 'False',
  reason,
  message: sentence(message),
});

/** What is in force once all Envoys have acknowledged it. */
export const programmed = (message: string): ReportedCondition => ({
  type: 'Programmed',
  status: 'True',
  reason: 'Programmed',
  message,
  awaitsEnvoys: true,
});

/** A message begins with a capital, unless it begins with the path of a field. */
const sentence = (message: string): string =>
  /^[a-z]+ /.test(message) ? message.charAt(0).toUpperCase() + message.slice(1) : message;

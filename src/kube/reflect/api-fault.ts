import { recordOf } from '../codec/record-of.ts';

/** Why a call to the API server failed, as far as the server or the network said. */
interface ApiTrouble {
  /** The HTTP status; absent when no answer came. */
  readonly status?: number;
  /** Kubernetes' own word for it, like `AlreadyExists`, `Conflict` or `Expired`. */
  readonly reason?: string;
  /** How long the server asks us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** `details` of Kubernetes' `Status`: the object meant, the fields at fault, the causes. */
  readonly details?: StatusDetails;
}

/** The part of `details` that we read. */
interface StatusDetails {
  readonly name?: string;
  readonly kind?: string;
  readonly causes: readonly StatusCause[];
}

/** One cause of a failure; for an invalid object there is one for each field at fault. */
interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/** A call to the API server that failed; its message never holds a credential. */
export class ApiFault extends Error {
  override readonly name = 'ApiFault';
  declare readonly status?: number;
  declare readonly reason?: string;
  declare readonly retryAfterMs?: number;
  declare readonly details?: StatusDetails;

  constructor(message: string, { status, reason, retryAfterMs, details }: ApiTrouble = {}) {
    super(message);
    if (status !== undefined) this.status = status;
    if (reason !== undefined) this.reason = reason;
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
    if (details !== undefined) this.details = details;
  }
}

/**
 * The fault that a `Status` object speaks of (Kubernetes API conventions, "Response Status Kind").
 *
 * `answer` is the body of an answer or the object of an `ERROR` event; what is no `Status`, like the
 * error page of a load balancer, is a fault too. `retryAfter` is the header; a date in it is ignored.
 */
export const statusFault = (
  answer: unknown,
  given: { readonly status?: number; readonly retryAfter?: string } = {},
): ApiFault => {
  const { code, reason, message, details } = recordOf(answer);
  const status = given.status ?? number(code);
  const retryAfter = seconds(given.retryAfter) ?? number(recordOf(details)['retryAfterSeconds']);
  return new ApiFault(text(message) ?? shown(answer, status), {
    ...(status === undefined ? {} : { status }),
    ...optional('reason', text(reason)),
    ...(retryAfter === undefined ? {} : { retryAfterMs: retryAfter * 1000 }),
    ...(details === undefined ? {} : { details: statusDetails(recordOf(details)) }),
  });
};

type Fields = Readonly<Record<string, unknown>>;

const statusDetails = ({ name, kind, causes }: Fields): StatusDetails => ({
  ...optional('name', text(name)),
  ...optional('kind', text(kind)),
  causes: (Array.isArray(causes) ? causes : []).map((cause) => {
    const { reason, message, field } = recordOf(cause);
    return {
      ...optional('reason', text(reason)),
      ...optional('message', text(message)),
      ...optional('field', text(field)),
    };
  }),
});

/** The start of what came instead of a `Status`. */
const shown = (answer: unknown, status: number | undefined): string => {
  const said = typeof answer === 'string' ? answer.trim().slice(0, 200) : '';
  const answered = status === undefined ? 'an error' : `status ${status}`;
  return said === '' ? `the API server answered with ${answered}` : `${answered}: ${said}`;
};

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const number = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;

const seconds = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) : undefined;

const optional = <N extends string>(name: N, value: string | undefined): { [K in N]?: string } =>
  (value === undefined ? {} : { [name]: value }) as { [K in N]?: string };

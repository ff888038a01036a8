import type { Element } from './der.ts';

/**
 * A time in DER, in milliseconds since the epoch; absent if there is no such time. It is `YYMMDDhhmmssZ` from 1950 to
 * 2049, `YYYYMMDDhhmmssZ` otherwise (RFC 5280, 4.1.2.5).
 */
export const momentOf = ({ tag, content }: Element): number | undefined => {
  const text = content.toString('latin1');
  const full = tag === utcTime ? `${text < '5' ? '20' : '19'}${text}` : text;
  const [, year, month, day, hour, minute, second] = pattern.exec(full) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`);
  // A day that its month does not have is read as one of the next month.
  return time < Date.UTC(Number(year), Number(month), 1) ? time : undefined;
};

const utcTime = 0x17;

const pattern = /^(\d{4})(\d\d)(\d\d)([01]\d|2[0-3])(\d\d)(\d\d)Z$/;

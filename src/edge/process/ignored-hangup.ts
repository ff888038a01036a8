import { readFileSync } from 'node:fs';

/** Whether this process was started with SIGHUP ignored, as `nohup` does. */
export const isHangupIgnored = (status = '/proc/self/status'): boolean => {
  try {
    const [, last = '0'] =
      /^SigIgn:\s*[0-9a-f]*([0-9a-f])$/m.exec(readFileSync(status, 'utf8')) ?? [];
    return Number.parseInt(last, 16) % 2 === 1;
  } catch {
    return false;
  }
};

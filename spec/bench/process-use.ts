import { readdirSync, readFileSync } from 'node:fs';

/** The memory of a process that is in RAM, in MiB. */
export const mebibytesOf = (pid: number): number => {
  const [, kibibytes = '0'] =
    /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
};

/** The time on a processor that the threads of a process have had, in milliseconds. */
export const cpuMsOf = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => {
    const [nanoseconds = '0'] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(
      ' ',
    );
    return sum + Number(nanoseconds) / 1e6;
  }, 0);

/** Bytes that a process has read and written, sockets and files. */
export const trafficOf = (pid: number): number =>
  [...readFileSync(`/proc/${pid}/io`, 'utf8').matchAll(/^[rw]char: (\d+)$/gm)].reduce(
    (sum, [, bytes]) => sum + Number(bytes),
    0,
  );

import { connect } from 'node:net';

/** The status of an answer and where it sends the client. */
export interface ShortAnswer {
  readonly status: number;
  readonly location: string | undefined;
}

/**
 * Sends many requests over a few connections, at little cost for each.
 *
 * A request is the text of one without a body; the answers are in the order of the requests.
 */
export const askMany = async (
  port: number,
  requests: readonly string[],
  connections = 8,
): Promise<readonly ShortAnswer[]> => {
  const answers: ShortAnswer[] = [];
  const left = requests.entries();
  const asked = Array.from({ length: connections }, async () => {
    await converse(port, left, answers);
  });
  await Promise.all(asked);
  return answers;
};

/** One connection, which sends the next request when it has been answered. */
const converse = async (
  port: number,
  left: Iterator<readonly [number, string]>,
  answers: ShortAnswer[],
): Promise<void> =>
  await new Promise((resolve, reject) => {
    let [head, place, request] = ['', 0, ''];
    const socket = connect(port, '127.0.0.1');
    const next = (): void => {
      const { done, value } = left.next();
      if (done === true) {
        socket.end();
        resolve();
        return;
      }
      [place, request] = value;
      socket.write(request);
    };
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.setTimeout(60_000, () => socket.destroy(new Error(`no answer to ${request}`)));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`closed after ${request}`)));
    socket.on('data', (text: string) => {
      head += text;
      if (!head.endsWith('\r\n\r\n')) return;
      answers[place] = read(head);
      head = '';
      next();
    });
    next();
  });

/** Reads the head of an answer; requests here are answered without a body. */
const read = (head: string): ShortAnswer => ({
  status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]),
  location: /^location: (.*)\r$/im.exec(head)?.[1],
});

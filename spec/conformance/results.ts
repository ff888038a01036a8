/** How one test of the suite ended. */
export interface TestResult {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly seconds: number;
  /** What it and its parts wrote. */
  readonly output: readonly string[];
}

/** Reads what a Go test binary writes with `-test.v=test2json`, line by line. */
export interface ResultReader {
  /** Takes a line; gives the result of a test of the suite, once it is known. */
  readonly line: (line: string) => TestResult | undefined;
}

/** Before each line that Go's test framework writes, and nobody else. */
const mark = '\u0016';

const verdicts = { PASS: 'passed', FAIL: 'failed', SKIP: 'skipped' } as const;

/**
 * A reader of results.
 *
 * A test of the suite is a part of `TestConformance`; what its own parts say counts as its output. Of
 * tests that run side by side, the framework says whose the lines are that follow.
 */
export const resultReader = (): ResultReader => {
  const outputs = new Map<string, string[]>();
  let current = '';
  const note = (text: string): void => {
    const output = outputs.get(current);
    if (output === undefined) outputs.set(current, [text]);
    else output.push(text);
  };
  return {
    line: (line) => {
      const at = line.indexOf(mark);
      if (at > 0) note(line.slice(0, at));
      if (at < 0) {
        note(line);
        return undefined;
      }
      const said = line.slice(at + mark.length);
      const [, named] = /^=== (?:RUN|CONT|NAME|PAUSE) +(\S*)/.exec(said) ?? [];
      if (named !== undefined) current = ofSuite(named);
      const [, verdict, full = '', seconds] =
        /^ *--- (PASS|FAIL|SKIP): (\S+) \(([\d.]+)s\)/.exec(said) ?? [];
      if (verdict === undefined) return undefined;
      const name = ofSuite(full);
      current = name;
      note(said);
      if (name === '' || full !== `TestConformance/${name}`) return undefined;
      return {
        ...{ name, seconds: Number(seconds), output: outputs.get(name) ?? [] },
        outcome: verdicts[verdict as keyof typeof verdicts],
      };
    },
  };
};

/** The name of a test of the suite, of which this is one or a part; else nothing. */
const ofSuite = (name: string): string => name.split('/')[1] ?? '';

import { Session } from 'node:inspector';

/** Counts steps. A step is one entry into a block of the control plane's code. */
export interface StepCounter {
  /** How many steps some work takes; the same work takes the same number on every machine. */
  readonly stepsOf: (work: () => void) => number;
  readonly end: () => void;
}

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

/**
 * Begins to count, by V8's precise coverage. Only code that is loaded afterwards is counted block by
 * block, so what is measured is imported after this call.
 */
export const countSteps = (): StepCounter => {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const taken = (): number => {
    let steps = 0;
    session.post('Profiler.takePreciseCoverage', (error: Error | null, coverage?: object) => {
      if (error !== null) throw error;
      for (const { url, functions } of (coverage as Coverage).result)
        if (/\/(src|streams)\//.test(url) && !url.includes('/node_modules/'))
          for (const { ranges } of functions) for (const { count } of ranges) steps += count;
    });
    return steps;
  };
  return {
    stepsOf: (work) => {
      taken();
      work();
      return taken();
    },
    end: () => session.disconnect(),
  };
};

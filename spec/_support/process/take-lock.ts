import { takeLock } from '../../../src/edge/process/lock.ts';

/** A program that takes the lock it is given, says whether it got it, and leaves at the end of input. */
process.stdout.write('release' in takeLock(process.argv[2] ?? '') ? 'taken\n' : 'refused\n');
process.stdin.resume();

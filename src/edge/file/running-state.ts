import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { isAnswered } from '../unix-socket.ts';
import { baseFolder, debugSocketIn, type StateFolderOptions } from './state-folder.ts';

/** The state folders in use, of those that nobody chose. */
export const runningStateFolders = async (
  env: StateFolderOptions['env'],
): Promise<readonly string[]> => {
  const base = baseFolder(env);
  const folders = namesIn(base).map((name) => join(base, name));
  const running = await Promise.all(
    folders.map(async (folder) => await isAnswered(debugSocketIn(folder)).catch(() => false)),
  );
  return folders.filter((_, i) => running[i]);
};

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
};

import { messageOf } from '../message-of.ts';

/** Why a file or a folder cannot be used, in words. */
export const fileTrouble = (error: unknown): string =>
  words.get((error as NodeJS.ErrnoException | undefined)?.code ?? '') ?? messageOf(error);

const words: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file or folder'],
  ['ENOTDIR', 'a part of its path is no folder'],
  ['EEXIST', 'there is a file of that name'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'this user has no right to it'],
  ['EPERM', 'this user has no right to it'],
  ['EROFS', 'its file system can only be read'],
  ['ENOSPC', 'its file system is full'],
  ['ELOOP', 'its links lead in a circle'],
  ['ENAMETOOLONG', 'its name is too long'],
]);

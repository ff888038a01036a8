import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { format } from 'prettier';
import { parse } from 'yaml';

import { reportPage, type Report } from './report-page.ts';
import type { TestResult } from './results.ts';
import { reportFile } from './suite.ts';

/** Puts the report of a run into `docs/conformance`, under the name that the project wants, and a page. */
export const saveReport = async (folder: string, skipped: readonly TestResult[]): Promise<void> => {
  const written = join(folder, reportFile);
  const report = parse(readFileSync(written, 'utf8')) as Report;
  const file = `${report.gatewayAPIChannel}-${report.implementation.version}-default-report.yaml`;
  mkdirSync(docs, { recursive: true });
  copyFileSync(written, join(docs, file));
  const names = skipped.map(({ name }) => name);
  const page = reportPage(report, file, names);
  writeFileSync(join(docs, 'README.md'), await format(page, { parser: 'markdown' }));
};

const docs = resolve(import.meta.dirname, '../../docs/conformance');

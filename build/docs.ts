import { mkdirSync, writeFileSync } from 'node:fs';

import { accessLogPage } from './access-log-page.ts';
import { cliPage } from './cli-page.ts';
import { emissaryVariablesPage } from './emissary-variables-page.ts';
import { fieldsPage } from './fields-page.ts';
import { gatewayApiPage } from './gateway-api-page.ts';
import { metricsPage } from './metrics-page.ts';
import { problemsPage } from './problems-page.ts';

/** The pages under `docs/reference`, each written from the code it is about. */
export const pages: Readonly<Record<string, () => string>> = {
  'access-log': accessLogPage,
  cli: cliPage,
  'emissary-variables': emissaryVariablesPage,
  fields: fieldsPage,
  'gateway-api': gatewayApiPage,
  metrics: metricsPage,
  problems: problemsPage,
};

if (import.meta.main) {
  const folder = new URL('../docs/reference/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [name, page] of Object.entries(pages))
    writeFileSync(new URL(`${name}.md`, folder), page());
}

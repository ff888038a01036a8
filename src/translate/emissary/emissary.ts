import type { Language } from '../contribution/language.ts';
import type { TranslateOptions } from '../translate-options.ts';
import { emissaryNames, type EmissaryNames } from './emissary-names.ts';
import { emissaryPorts, type EmissaryPorts } from './emissary-ports.ts';
import { emissaryRoutes, type EmissaryRoutes } from './emissary-routes.ts';

/**
 * Emissary-ingress's language: Listeners open ports, Hosts bind to Listeners, Mappings to Hosts.
 *
 *     Module ───▶ module: read by all that follows
 *
 *     Listener ─▶ ports ─ ─ ▶ bindings                    ─ ─ ▶: who has a port, and how it serves
 *                               ▼                                server names, is settled in between
 *     Host ─────────────────▶ hosts ─▶ owners ─▶ served ─ ─ ▶ boundHosts
 *                                                               ▼
 *     Mapping ─────────────────────────────────▶ mappings ──▶ routes
 *                                                ▲
 *     AuthService, … ──────────────────────────▶ guards
 *
 *     TCPMapping ─▶ tcp ─▶ ports ─ ─ ▶ tcpNames, with the certificates of Hosts
 */
export const emissary = (
  options: TranslateOptions,
): Language<EmissaryPorts, EmissaryNames, EmissaryRoutes> => ({
  name: 'emissary',
  ports: emissaryPorts(options),
  serverNames: emissaryNames(options),
  contribution: emissaryRoutes(options),
});

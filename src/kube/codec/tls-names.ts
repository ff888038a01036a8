import { refined } from './cel-rule.ts';
import { list } from './list.ts';
import { oneOf } from './one-of.ts';
import { pattern } from './text.ts';

/** The suites that Envoy 1.40 speaks below TLS 1.3, by the names of OpenSSL, and then of IANA. */
export const suites: readonly string[] = [
  ...['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256', 'AES128-GCM-SHA256'],
  ...['ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384', 'AES256-GCM-SHA384'],
  ...['ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305'],
  ...['ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA256'],
  ...['ECDHE-ECDSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA', 'AES128-SHA'],
  ...['ECDHE-ECDSA-AES256-SHA', 'ECDHE-RSA-AES256-SHA', 'AES256-SHA', 'DES-CBC3-SHA'],
  ...['ECDHE-PSK-CHACHA20-POLY1305', 'ECDHE-PSK-AES128-CBC-SHA', 'ECDHE-PSK-AES256-CBC-SHA'],
  ...['PSK-AES128-CBC-SHA', 'PSK-AES256-CBC-SHA'],
  ...['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
  ...['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'],
  ...['TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256'],
  ...['TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256'],
  ...['TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256'],
  ...['TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA'],
  ...['TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA', 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA'],
  ...['TLS_RSA_WITH_AES_128_GCM_SHA256', 'TLS_RSA_WITH_AES_256_GCM_SHA384'],
  ...['TLS_RSA_WITH_AES_128_CBC_SHA', 'TLS_RSA_WITH_AES_256_CBC_SHA'],
  ...['TLS_RSA_WITH_3DES_EDE_CBC_SHA', 'TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256'],
  ...['TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA', 'TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA'],
  ...['TLS_PSK_WITH_AES_128_CBC_SHA', 'TLS_PSK_WITH_AES_256_CBC_SHA'],
];

/** Those of TLS 1.3 are always spoken; Envoy takes their names beside others. */
const alwaysSpoken = [
  ...['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'],
];

/** Words that stand for several suites; joined by `+` for those that all of them stand for. */
export const suiteGroups: readonly string[] = [
  ...['ALL', 'HIGH', 'FIPS', 'RSA', 'kRSA', 'aRSA', 'kECDHE', 'kEECDH', 'ECDHE', 'EECDH'],
  ...['aECDSA', 'ECDSA', 'PSK', 'kPSK', 'aPSK', 'AES', 'AES128', 'AES256', 'AESGCM', 'CHACHA20'],
  ...['3DES', 'SHA', 'SHA1', 'SSLv3', 'TLSv1', 'TLSv1.2'],
];

const oneOfThem = (words: readonly string[]): string => `(${words.join('|')})`;
const group = oneOfThem(suiteGroups).replace('.', '[.]');
const one = oneOfThem([...suites, ...alwaysSpoken, `${group}([+]${group})*`]);
const part = `([!+-]?${one}|\\[${one}([|]${one})*\\]|@STRENGTH)`;

/** How a part begins that chooses suites below TLS 1.3, how one that changes what was chosen, and one of equals. */
const choosing = '(^|[:[|])([AC-HPRSak3]|TLSv|TLS_[EPR])';
const changing = '(^|:)[-!+@]';
const ofEquals = '(^|:)\\[';

const someMatches = (entries: readonly string[], source: string): boolean => {
  const form = new RegExp(source);
  return entries.some((entry) => form.test(entry));
};

const someMatchesInCel = (source: string): string =>
  `self.exists(one, one.matches(${JSON.stringify(source)}))`;

/**
 * The suites that are spoken below TLS 1.3, as BoringSSL reads them: names, words for several, `[A|B]` for equals,
 * `!` and `-` before what is left out. Envoy refuses any other name, a list in which nothing is chosen, and with it
 * the certificate that it is delivered with (decision 52): so they are judged here, where a bad edit costs itself alone.
 */
export const CipherSuites = refined(
  list(
    pattern('a name of cipher suites that Envoy knows', 253, { source: `^${part}(:${part})*$` }),
    100,
  ),
  (entries) =>
    entries.length === 0 ||
    (someMatches(entries, choosing) &&
      !(someMatches(entries, changing) && someMatches(entries, ofEquals))),
  'a list of cipher suites with one below TLS 1.3 (those of TLS 1.3 are always spoken), without both [A|B] and a !, -, + or @',
  `size(self) == 0 || ${someMatchesInCel(choosing)} && ` +
    `!(${someMatchesInCel(changing)} && ${someMatchesInCel(ofEquals)})`,
);

/** The curves that Envoy 1.40 knows, and the other names of three. */
export const curves: readonly string[] = [
  ...['X25519', 'x25519', 'P-256', 'prime256v1', 'P-384', 'secp384r1', 'P-521', 'secp521r1'],
  ...['X25519MLKEM768', 'MLKEM1024'],
];

const twins = [
  ['X25519', 'x25519'],
  ['P-256', 'prime256v1'],
  ['P-384', 'secp384r1'],
  ['P-521', 'secp521r1'],
] as const;

/** The curves for key exchange, the preferred one first; Envoy refuses a list that has one twice. */
export const EcdhCurves = refined(
  list(oneOf(...curves), 10),
  (named) =>
    new Set(named.map((curve) => twins.find(([, twin]) => twin === curve)?.[0] ?? curve)).size ===
    named.length,
  'a list of curves with each once',
  ['self.all(one, self.exists_one(other, other == one))']
    .concat(twins.map(([name, twin]) => `!('${name}' in self && '${twin}' in self)`))
    .join(' && '),
);

/** Protocols with commas between them: no name in a handshake has more than 255 bytes (RFC 7301, section 3.1). */
export const AlpnProtocols = pattern(
  'protocols in at most 253 characters of ASCII, with commas between them',
  253,
  { source: '^[\\x20-\\x7e]*$' },
);

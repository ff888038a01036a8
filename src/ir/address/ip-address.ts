/** Whether a text is an IPv4 address written in the usual way; Envoy takes no other. */
export const isIpV4 = (text: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(text) &&
  text.split('.').every((part) => Number(part) <= 255 && String(Number(part)) === part);

/** Whether a text is an IPv6 address, without brackets and without a zone. */
export const isIpV6 = (text: string): boolean =>
  /^[0-9a-f:.]+$/i.test(text) && text.includes(':') && URL.canParse(`http://[${text}]`);

/** An IP address in the one way in which it is usually written (RFC 5952). */
export const canonicalAddress = (address: string): string =>
  isIpV6(address) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;

/** The eight groups of an IPv6 address, however it is written. */
export const groupsOfV6 = (address: string): readonly number[] => {
  const [head = '', tail] = canonicalAddress(address).split('::');
  const [before, after] = [head, tail ?? ''].map((part) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)),
  );
  if (before === undefined || after === undefined) return [];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
};

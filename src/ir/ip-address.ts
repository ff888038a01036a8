/** Whether a text is an IPv4 address written in the usual way; Envoy takes no other. */
export const isIpV4 = (text: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(text) &&
  text.split('.').every((part) => Number(part) <= 255 && String(Number(part)) === part);

/** Whether a text is an IPv6 address, without brackets and without a zone. */
export const isIpV6 = (text: string): boolean =>
  /^[0-9a-f:.]+$/i.test(text) && text.includes(':') && URL.canParse(`http://[${text}]`);

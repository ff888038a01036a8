declare const brand: unique symbol;

/** A TCP port, 1–65535. */
export type Port = number & { readonly [brand]: 'Port' };

/** Whether a number is a port. */
export const isPort = (n: number): n is Port => Number.isInteger(n) && n >= 1 && n <= 65_535;

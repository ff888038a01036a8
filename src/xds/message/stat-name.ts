/**
 * What users call something in statistics, as one part of the names there.
 *
 * A dot would begin the next part, and Envoy would take what follows for the name of another
 * statistic; other characters could end a label in the text that Prometheus reads.
 */
export const statName = (chosen: string): string => chosen.replaceAll(/[^0-9A-Za-z_-]/g, '_');

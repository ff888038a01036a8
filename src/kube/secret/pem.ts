/** The blocks of one label in a PEM text; whatever stands around them is left out. */
export const pemBlocks = (text: string, label: string): readonly string[] => {
  const blocks: string[] = [];
  let open: string[] | undefined;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const trimmed = line.trim();
    if (trimmed === `-----BEGIN ${label}-----`) open = [trimmed];
    else if (open !== undefined) {
      open.push(trimmed);
      if (trimmed === `-----END ${label}-----`) {
        blocks.push(`${open.join('\n')}\n`);
        open = undefined;
      }
    }
  }
  return blocks;
};

/** Tells of each text whether it is among the last few different ones that it was asked about. */
export const saidBefore = (): ((text: string) => boolean) => {
  const said = new Set<string>();
  return (text) => {
    const isKnown = said.delete(text);
    said.add(text);
    for (const oldest of said) {
      if (said.size <= most) break;
      said.delete(oldest);
    }
    return isKnown;
  };
};

const most = 50;

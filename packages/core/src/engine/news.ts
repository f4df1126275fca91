/** How many different things are told apart. */
const mostNews = 1_000;

/** @returns says whether something was not said before. */
export function newsOnly(): (what: string) => boolean {
  const said = new Set<string>();
  return (what) => {
    const isNews = !said.has(what);
    if (said.size < mostNews) said.add(what);
    return isNews;
  };
}

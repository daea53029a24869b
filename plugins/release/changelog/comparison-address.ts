/** An address of a page that compares two revisions, as a host writes it. */
export interface ComparisonAddress {
  /** The older one and the newer one, as they stand in the address; empty: the page's default. */
  readonly from: string;
  readonly to: string;
  /** The address that compares two others. */
  readonly between: (from: string, to: string) => string;
  /** How such an address names a tag. */
  readonly named: (tag: string) => string;
}

/** `…/compare/v1.0.0...HEAD` and how Bitbucket and Azure write it; `null` where the address is another one. */
export function readComparison(url: string): ComparisonAddress | null {
  return azureComparison(url) ?? pathComparison(url);
}

function pathComparison(url: string): ComparisonAddress | null {
  const [, page, first, sign, second] = /^(.*\/compare\/)(.+?)(\.{2,3}|%0D)(.+)$/i.exec(url) ?? [];
  if (page === undefined || first === undefined || sign === undefined || second === undefined) return null;
  // Bitbucket compares the other way round.
  const isReversed = page.endsWith('/branches/compare/') && !/^HEAD\b/.test(second);
  return {
    from: isReversed ? second : first,
    to: isReversed ? first : second,
    between: (from, to) => page + (isReversed ? `${to}${sign}${from}` : `${from}${sign}${to}`),
    named: (tag) => encodeURIComponent(tag).replaceAll('%2F', '/'),
  };
}

/** `…/branchCompare?baseVersion=GTv1.0.0&targetVersion=GBmain`: letters say what kind a name is. */
function azureComparison(url: string): ComparisonAddress | null {
  const [, page, query] = /^(.*\/branchCompare\?)(.*)$/i.exec(url) ?? [];
  if (page === undefined || query === undefined) return null;
  const fields = query.split('&');
  const fieldOf = (name: string) => fields.find((field) => field.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
  const others = fields.filter((field) => !/^(?:base|target)Version=/.test(field));
  return {
    from: fieldOf('baseVersion'),
    to: fieldOf('targetVersion'),
    between: (from, to) => {
      const target = to === '' ? [] : [`targetVersion=${to}`];
      return page + [`baseVersion=${from}`, ...target, ...others].join('&');
    },
    named: (tag) => `GT${encodeURIComponent(tag)}`,
  };
}

import GithubSlugger from 'github-slugger';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { SourceFile } from '../repository/source-file.ts';

/** Where a page leads, and where one can jump to in it. */
export interface PageLinks {
  readonly links: readonly string[];
  readonly anchors: ReadonlySet<string>;
}

export function linksIn({ text }: SourceFile): PageLinks {
  const slugger = new GithubSlugger();
  const links: string[] = [];
  const anchors = new Set<string>();
  const visit = (node: Node): void => {
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition')
      links.push(node.url);
    if (node.type === 'heading') anchors.add(slugger.slug(textOf(node)));
    if ('children' in node) node.children.forEach(visit);
  };
  fromMarkdown(text).children.forEach(visit);
  // The pictures of a README may be HTML.
  for (const [, url = ''] of text.matchAll(/(?:src|srcset|href)="([^"#]+)"/g)) links.push(url);
  return { links, anchors };
}

type Node = ReturnType<typeof fromMarkdown>['children'][number];

function textOf(node: Node): string {
  if ('children' in node) return node.children.map(textOf).join('');
  return 'value' in node ? node.value : '';
}

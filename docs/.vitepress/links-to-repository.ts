import { posix } from 'node:path';
import type { MarkdownOptions } from 'vitepress';

type MarkdownIt = Parameters<NonNullable<MarkdownOptions['config']>>[0];

const repository = 'https://github.com/typingkit/typingkit/tree/main';

/** Links that lead out of `docs/` work on GitHub as they are; on the site they lead to GitHub. */
export function linksToRepository(markdown: MarkdownIt): void {
  markdown.core.ruler.push('links-to-repository', ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === 'link_open' ? token.attrGet('href') : null;
      if (href === null || /^(?:[a-z]+:|#|\/)/i.test(href)) continue;
      // VitePress puts the page's path into the environment of the renderer.
      const { relativePath } = env as { relativePath: string };
      const path = posix.join('docs', posix.dirname(relativePath), decodeURI(href));
      if (!path.startsWith('docs/')) token.attrSet('href', `${repository}/${path}`);
    }
  });
}

import { defineConfig } from 'vitepress';
import { linksToRepository } from './links-to-repository.ts';
import { sidebar } from './sidebar.ts';

/** Pages with a table that needs the whole width. */
const wide = new Set(['benchmarks.md', 'comparison.md', 'errors.md', 'providers.md']);

export default defineConfig({
  title: 'typingkit',
  description: 'Show “typing…” on any chat channel, through one function.',
  lang: 'en',
  cleanUrls: true,
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: '/icon.svg' }]],
  lastUpdated: false,
  outDir: '../node_modules/.cache/site',
  cacheDir: '../node_modules/.cache/vitepress',
  markdown: { config: linksToRepository },
  transformPageData({ relativePath, frontmatter }) {
    if (!wide.has(relativePath)) return undefined;
    const pageClass = `wide-tables page-${relativePath.replace('.md', '')}`;
    return { frontmatter: { ...frontmatter, aside: false, pageClass } };
  },
  themeConfig: {
    search: {
      provider: 'local',
      options: {
        miniSearch: {
          searchOptions: {
            // Who searches for "group" wants the guide, and not each of the reference's types that have one.
            boostDocument: (id: string) => (id.startsWith('/reference/') ? 0.1 : 1),
          },
        },
      },
    },
    outline: [2, 3],
    socialLinks: [{ icon: 'github', link: 'https://github.com/typingkit/typingkit' }],
    nav: [
      { text: 'Guide', link: '/first-indicator' },
      { text: 'Channels', link: '/providers' },
      { text: 'Reference', link: '/reference/' },
    ],
    sidebar,
  },
});

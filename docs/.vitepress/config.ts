import { defineConfig } from 'vitepress';
import { linksToRepository } from './links-to-repository.ts';
import { sidebar } from './sidebar.ts';

export default defineConfig({
  title: 'typingkit',
  description: 'Show “typing…” on any chat channel, through one function.',
  lang: 'en',
  cleanUrls: true,
  lastUpdated: false,
  outDir: '../node_modules/.cache/site',
  cacheDir: '../node_modules/.cache/vitepress',
  markdown: { config: linksToRepository },
  themeConfig: {
    search: { provider: 'local' },
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

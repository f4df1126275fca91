import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { sidebar } from '../docs/.vitepress/sidebar.ts';
import { linksIn } from './code-blocks/links.ts';
import { pages } from './code-blocks/pages.ts';
import { root } from './repository/workspace.ts';

const all = new Map(pages().map((page) => [page.path, linksIn(page)]));

test('every link of a page leads to something that is there', () => {
  expect(all.size).toBeGreaterThan(10);
  const dead = [...all].flatMap(([path, { links }]) =>
    links.filter((link) => !leads(path, link)).map((link) => `${path}: ${link}`),
  );
  expect(dead).toEqual([]);
});

test('every page of the documentation is in the sidebar of the site, and nothing else', () => {
  const listed = sidebar
    .flatMap(({ items }) => items.map(({ link }) => `docs${link}.md`))
    .filter((path) => !path.startsWith('docs/reference/'));
  const written = [...all.keys()].filter(
    (path) => path.startsWith('docs/') && path !== 'docs/index.md',
  );
  expect(listed.toSorted()).toEqual(written.toSorted());
});

test('the sidebar calls a page as its heading does', () => {
  const others = sidebar
    .flatMap(({ items }) => items)
    .filter(({ link }) => !link.startsWith('/reference/'))
    .map(({ text, link }) => {
      const page = readFileSync(join(root, `docs${link}.md`), 'utf8');
      return { text, heading: /^# (.+)$/m.exec(page)?.[1] };
    })
    .filter(({ text, heading }) => text !== heading);
  expect(others).toEqual([]);
});

test.for<[link: string, isThere: boolean]>([
  ['sessions.md', true],
  ['sessions.md#what-is-promised', true],
  ['#your-first-indicator', true],
  ['../packages/providers/linq#readme', true],
  ['https://example.com', true],
  ['session.md', false],
  ['sessions.md#what-is-broken', false],
])('%s on a page of docs/ is there: %j', ([link, isThere]) => {
  expect(leads('docs/first-indicator.md', link)).toBe(isThere);
});

function leads(from: string, link: string): boolean {
  if (/^[a-z]+:/i.test(link)) return true;
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? from : posix.join(posix.dirname(from), decodeURI(file));
  if (!existsSync(join(root, path))) return false;
  const page = all.get(path);
  return !page || anchor === undefined || page.anchors.has(anchor);
}

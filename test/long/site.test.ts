import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sidebar } from '../../docs/.vitepress/sidebar.ts';
import { findChromium } from '../browser/chromium.ts';
import { launchChromium } from '../browser/launch-chromium.ts';
import { root } from '../repository/workspace.ts';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

const chromium = await findChromium().catch((error: unknown) => {
  // CI has to have one.
  if (process.env['CI']) throw error;
  console.warn(
    'The site is not looked at: there is no Chromium. Install one, or name it in CHROMIUM.',
  );
});

describe.skipIf(!chromium)('the site of the documentation', { timeout: 300_000 }, () => {
  let folder: string;
  let server: Server;
  let url: string;
  let browser: Browser;
  let page: Page;
  const askedElsewhere: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'typingkit-site-'));
    const docs = join(root, 'docs');
    await promisify(execFile)(process.execPath, ['.vitepress/write-reference.ts'], { cwd: docs });
    const vitepress = join(docs, 'node_modules/vitepress/bin/vitepress.js');
    await promisify(execFile)(process.execPath, [vitepress, 'build', '--outDir', folder], {
      cwd: docs,
      maxBuffer: 10 ** 8,
    });
    server = serve(folder);
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    // A server that listens on a port has an address.
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    if (!chromium) return;
    browser = await launchChromium(chromium);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
    page.on('request', (request) => {
      if (!request.url().startsWith(url)) askedElsewhere.push(request.url());
    });
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test.for([
    ['group', 'providers|faq|sessions|channels/'],
    ['still typing', 'faq|sessions|why-not-setinterval'],
    ['metrics', 'production|observability'],
    ['setInterval', 'why-not-setinterval'],
  ] as const)('finds a guide for %j', async ([words, guides]) => {
    await page.goto(url);
    await page.locator('#local-search button').click();
    await page.locator('.VPLocalSearchBox input').fill(words);
    const first = page.locator('.VPLocalSearchBox .results li a').first();
    await expect
      .poll(() => first.getAttribute('href'), { timeout: 60_000 })
      .toMatch(new RegExp(guides));
  });

  test('has an icon', async () => {
    await page.goto(url);
    const icon = await page.locator('link[rel=icon]').getAttribute('href');
    const response = await page.request.get(new URL(icon ?? 'none', url).href);
    expect(response.headers()['content-type']).toBe('image/svg+xml');
  });

  test('has tables and code that fit on a screen of 1280 pixels', async () => {
    const tooWide: string[] = [];
    for (const { link } of sidebar.flatMap(({ items }) => items)) {
      if (link.startsWith('/reference/')) continue;
      await page.goto(url + link);
      await page.locator('.vp-doc h1').waitFor();
      const widths = await page
        .locator('.vp-doc table')
        .evaluateAll((tables) =>
          tables.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
        );
      for (const width of widths) if (width > 1) tooWide.push(`${link}: a table, by ${width} px`);
      const beyond = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      if (Number(beyond) > 0) tooWide.push(`${link}: the page, by ${String(beyond)} px`);
    }
    expect(tooWide).toEqual([]);
  });

  // After all the others, which have opened every page.
  test('asks nobody else for anything', () => {
    expect(askedElsewhere).toEqual([]);
  });
});

/** The files of a folder, as a host of static sites serves them. */
function serve(folder: string): Server {
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const file = join(folder, extname(path) === '' ? `${path}.html` : path);
    readFile(file).then(
      (bytes) => {
        response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
        response.end(bytes);
      },
      () => {
        response.statusCode = 404;
        response.end();
      },
    );
  });
}

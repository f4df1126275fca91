import { expect, test } from 'vitest';
import { type CodeBlock, codeBlocks } from './code-blocks/find-blocks.ts';
import { pages } from './code-blocks/pages.ts';
import { typeErrors } from './code-blocks/type-check.ts';

const blocks = pages().flatMap(codeBlocks);

test('the code in the documentation compiles', { timeout: 300_000 }, async () => {
  expect(pages().map(({ path }) => path)).toContain('README.md');
  expect(await typeErrors(blocks.filter(isChecked))).toEqual([]);
});

test('a block that is not checked says why', () => {
  const silent = blocks.filter(({ excuse }) => excuse === '');
  expect(silent.map(({ file, line }) => `${file}:${line}`)).toEqual([]);
});

// A file that is shown whole is compiled where it stands.
function isChecked({ excuse, shows }: CodeBlock): boolean {
  return excuse === undefined && shows === undefined;
}

const page = (text: string) => codeBlocks({ path: 'docs/page.md', text });
const wrong = `import { sendTyping } from 'typingkit';\nawait sendTyping('imesage', { chatId: '1' });`;

test('code that does not compile is reported at its line', { timeout: 60_000 }, async () => {
  const found = page(
    `# Page\n\n- in a list:\n\n  \`\`\`ts\n${wrong.replace(/^/gm, '  ')}\n  \`\`\`\n`,
  );
  expect(await typeErrors(found)).toEqual([expect.stringMatching(/^docs\/page\.md:7 .*imesage/)]);
});

test('one block knows nothing of another', { timeout: 60_000 }, async () => {
  const found = page('```ts\nconst a = 1;\n```\n\n```ts\nconst a = 2;\n```\n\n```ts\na;\n```\n');
  expect(await typeErrors(found)).toEqual([expect.stringMatching(/^docs\/page\.md:10 .*'a'/)]);
});

test('blocks of other languages are left alone', () => {
  expect(page('```sh\nls\n```\n\n```json\n{}\n```\n\n    ts\n')).toEqual([]);
});

test.for([
  ['<!-- not checked: it shows a mistake -->\n\n```ts no-check\n!\n```\n', 'it shows a mistake'],
  ['Some words.\n\n```ts no-check\n!\n```\n', ''],
  ['<!-- not checked: no -->\n\n```ts\n!\n```\n', undefined],
])('%j is excused by %j', ([text = '', excuse]) => {
  expect(page(text).map((block) => block.excuse)).toEqual([excuse]);
});

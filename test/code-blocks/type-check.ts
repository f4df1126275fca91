import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../repository/workspace.ts';
import type { CodeBlock } from './find-blocks.ts';

const run = promisify(execFile);

/**
 * Compiles all blocks at once, each as a module of its own that can import what `test/` can.
 *
 * @returns what the compiler says, at the line of the Markdown file.
 */
export async function typeErrors(blocks: readonly CodeBlock[]): Promise<string[]> {
  if (blocks.length === 0) return [];
  const parent = join(root, 'test/.code-blocks');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'run-'));
  try {
    for (const [index, { code }] of blocks.entries())
      await writeFile(join(folder, `${index}.ts`), code);
    const files = blocks.map((_, index) => `${index}.ts`);
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ ...project, files }));
    return (await compilerOutput(folder)).map((line) => inMarkdown(line, blocks));
  } finally {
    await rm(folder, { recursive: true });
  }
}

const project = {
  extends: '../../../tsconfig.tests.json',
  compilerOptions: {
    // A reader is shown what a call gives back, used or not.
    noUnusedLocals: false,
    noUnusedParameters: false,
    // Somebody else's project has not set these.
    noPropertyAccessFromIndexSignature: false,
    erasableSyntaxOnly: false,
    incremental: false,
  },
  include: [],
};

async function compilerOutput(folder: string): Promise<string[]> {
  try {
    await run(join(root, 'node_modules/.bin/tsc'), ['-p', folder, '--pretty', 'false'], {
      cwd: folder,
    });
    return [];
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const lines = `${stdout}${stderr}`.split('\n').filter((line) => /^\S/.test(line));
    return lines.length > 0 ? lines : [String(error)];
  }
}

function inMarkdown(complaint: string, blocks: readonly CodeBlock[]): string {
  const [, index, line, rest] = /^(\d+)\.ts\((\d+),\d+\): (.*)$/.exec(complaint) ?? [];
  const block = blocks[Number(index)];
  return block ? `${block.file}:${block.line + Number(line) - 1} ${rest}` : complaint;
}

import { fromMarkdown } from 'mdast-util-from-markdown';
import type { SourceFile } from '../repository/source-file.ts';

/** One fenced block of TypeScript. */
export interface CodeBlock {
  readonly file: string;
  /** The line of its first line of code. */
  readonly line: number;
  readonly code: string;
  /**
   * Why it is not checked: `<!-- not checked: … -->` stands before it and its fence says `ts no-check`. `undefined` for a
   * block that is checked, and empty for one that gives no reason.
   */
  readonly excuse: string | undefined;
  /** Whether its fence says `ts run`: a reader can run it as it is. */
  readonly isProgram: boolean;
  /** What it prints, where a fence `text output` follows. Nothing, where none does. */
  readonly output: string;
  /** The file of the repository that it shows whole: its fence says `ts file=examples/…`. */
  readonly shows: string | undefined;
}

export function codeBlocks({ path, text }: SourceFile): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const visit = (parent: Parent): void => {
    for (const [index, node] of parent.children.entries()) {
      if (node.type === 'code' && /^(?:ts|tsx|typescript)$/.test(node.lang ?? '')) {
        const words = node.meta?.split(/\s+/) ?? [];
        const shown = words.find((word) => word.startsWith('file='));
        blocks.push({
          file: path,
          line: (node.position?.start.line ?? 0) + 1,
          code: node.value,
          excuse: words.includes('no-check') ? reasonIn(parent.children[index - 1]) : undefined,
          isProgram: words.includes('run'),
          output: outputIn(parent.children[index + 1]),
          shows: shown?.slice('file='.length),
        });
      }
      if ('children' in node) visit(node);
    }
  };
  visit(fromMarkdown(text));
  return blocks;
}

type Node = ReturnType<typeof fromMarkdown>['children'][number];

interface Parent {
  readonly children: readonly Node[];
}

function reasonIn(before: Node | undefined): string {
  if (before?.type !== 'html') return '';
  return /<!--\s*not checked:\s*(.+?)\s*-->/s.exec(before.value)?.[1] ?? '';
}

function outputIn(after: Node | undefined): string {
  const isOutput = after?.type === 'code' && after.lang === 'text' && after.meta === 'output';
  return isOutput ? after.value : '';
}

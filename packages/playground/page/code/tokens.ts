/** A piece of code with one colour. */
export interface Token {
  readonly kind: 'plain' | 'comment' | 'text' | 'keyword' | 'name';
  readonly text: string;
}

const keywords = 'import|from|export|async|function|await|const|for|of|if|return|declare|new|type';
const typescript = new RegExp(
  [
    String.raw`(?<comment>\/\/[^\n]*)`,
    String.raw`(?<text>'[^'\n]*')`,
    String.raw`(?<keyword>\b(?:${keywords})\b)`,
    String.raw`(?<name>\b[\w]+(?=\())`,
  ].join('|'),
  'g',
);
const shell =
  /(?<comment>^#[^\n]*)|(?<text>'[^'\n]*')|(?<keyword>^export\b)|(?<name>^typingkit\b)/gm;
const patterns = { typescript, shell } as const;

/** What the code on this page is written in. */
export type Language = keyof typeof patterns;

/** Enough of a highlighter for the code on this page, which is all ours. */
export function tokensOf(code: string, language: Language): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of code.matchAll(patterns[language])) {
    if (match.index > end) tokens.push({ kind: 'plain', text: code.slice(end, match.index) });
    tokens.push({ kind: kindOf(match.groups ?? {}), text: match[0] });
    end = match.index + match[0].length;
  }
  tokens.push({ kind: 'plain', text: code.slice(end) });
  return tokens;
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): Token['kind'] {
  if (groups['comment']) return 'comment';
  if (groups['text']) return 'text';
  return groups['keyword'] ? 'keyword' : 'name';
}

import type { Look } from './look.ts';

const pnpm = 'npx -y pnpm@12.18.0';
const ways: readonly (readonly [what: string, command: string])[] = [
  ['In your browser', `${pnpm} playground`],
  ['What surprises', `${pnpm} demo -- --cases`],
  ['Every request', `${pnpm} demo -- --wire`],
  ['A real chat', `${pnpm} demo -- --live imessage <chatId>`],
  ['Your own bot', 'docs/first-indicator.md'],
];

/** Where to go from here. */
export function whereToGo(look: Look): readonly string[] {
  const width = Math.max(...ways.map(([what]) => what.length));
  return [
    `  ${look.paint('title', 'Where to go')}`,
    ...ways.map(([what, command]) => `    ${look.paint('faint', what.padEnd(width))}  ${command}`),
  ];
}

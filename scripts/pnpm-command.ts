import { basename, extname } from 'node:path';

/** The pnpm that runs us. Without one, the README's. */
export function pnpmCommand(): [command: string, ...args: string[]] {
  const running = process.env['npm_execpath'] ?? '';
  if (!basename(running).startsWith('pnpm')) return ['npx', '-y', 'pnpm@12.18.0'];
  const isScript = ['.js', '.cjs', '.mjs'].includes(extname(running));
  return isScript ? [process.execPath, running] : [running];
}

import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

/** The files of the page by the path they are asked for with. Nothing else can be asked for. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Reads a built page. What another build takes away meanwhile was of an older one. */
export async function readPage(folder: string): Promise<PageFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, PageFile>();
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path).catch(() => undefined);
    const type = types[extname(path)] ?? 'application/octet-stream';
    const name = `/${relative(folder, path).split(sep).join('/')}`;
    if (bytes) files.set(name, { bytes: new Uint8Array(bytes), type });
  }
  return files;
}

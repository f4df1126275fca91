import type { SourceFile } from '../repository/source-file.ts';
import { textFiles } from '../repository/workspace.ts';

/** Every page that a user reads. */
export function pages(): SourceFile[] {
  return textFiles().filter(({ path }) =>
    /^(?:README\.md|docs\/.+\.md|packages\/[^/]+\/README\.md)$/.test(path),
  );
}

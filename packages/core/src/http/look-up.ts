/**
 * What a table says for a vendor's own word; `undefined` where the table has no such row. An object would answer for
 * `constructor`, too.
 *
 * @param word anything that an answer may hold.
 */
export function lookUp<Value>(
  table: Readonly<Record<string, Value>>,
  word: unknown,
): Value | undefined {
  return typeof word === 'string' && Object.hasOwn(table, word) ? table[word] : undefined;
}

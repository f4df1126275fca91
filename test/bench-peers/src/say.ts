/** Milliseconds as a person reads them. */
export function ms(value: number): string {
  return `${Math.round(value).toLocaleString('en')} ms`;
}

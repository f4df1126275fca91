import type { JSX } from 'preact';
import { type Theme, theme } from './theme.ts';

const next = { auto: 'light', light: 'dark', dark: 'auto' } as const;
const signs: Readonly<Record<Theme, string>> = { auto: '◐', light: '☀', dark: '☾' };

/** One button that goes round: as the system says, light, dark. */
export function ThemeSwitch(): JSX.Element {
  const now = theme.value;
  return (
    <button
      class="button is-square"
      type="button"
      aria-label={`Colours: ${now}. Change to ${next[now]}`}
      title={`Colours: ${now}`}
      onClick={() => {
        theme.value = next[now];
      }}
    >
      <span aria-hidden="true">{signs[now]}</span>
    </button>
  );
}

import { effect, type Signal, signal } from '@preact/signals';

/** `auto`: as the system says. */
export type Theme = 'auto' | 'light' | 'dark';

const key = 'typingkit-theme';
const stored = localStorage.getItem(key);

export const theme: Signal<Theme> = signal(
  stored === 'light' || stored === 'dark' ? stored : 'auto',
);

effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
  localStorage.setItem(key, theme.value);
});

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

const thanksMs = 2_000;

/** Puts text on the clipboard. */
export function CopyButton({ text }: { readonly text: string }): JSX.Element {
  const said = useSignal('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      said.value = 'Copied';
    } catch {
      said.value = 'The browser refused';
    }
    setTimeout(() => {
      said.value = '';
    }, thanksMs);
  };
  return (
    <span class="copy">
      <span role="status" class="muted">
        {said.value}
      </span>
      <button class="button" type="button" onClick={() => void copy()}>
        Copy
      </button>
    </span>
  );
}

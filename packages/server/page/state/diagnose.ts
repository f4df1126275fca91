import { signal } from '@preact/signals';
import type { InspectedDiagnosis } from '../../src/inspector/inspected.ts';
import { headers } from './live.ts';

/** What the last question is about, and the answer. */
interface Asked {
  readonly conversation: string;
  /** `undefined`: it is not there yet. */
  readonly answer?: InspectedDiagnosis | undefined;
  /** Why there is none, as a sentence. */
  readonly refusal?: string | undefined;
}

export const asked = signal<Asked>();

/** Asks why nothing is seen in a conversation. */
export async function diagnose(conversation: string): Promise<void> {
  const mine: Asked = { conversation };
  asked.value = mine;
  const found = await ask(conversation);
  // Somebody may have asked about another one meanwhile.
  if (asked.peek() === mine) asked.value = { ...mine, ...found };
}

async function ask(conversation: string): Promise<Omit<Asked, 'conversation'>> {
  try {
    const response = await fetch('api/diagnoses', {
      method: 'POST',
      headers: { ...headers(), 'content-type': 'application/json' },
      body: JSON.stringify({ conversation }),
    });
    const answer = await response.json();
    return response.ok ? { answer } : { refusal: String(answer.detail) };
  } catch {
    return { refusal: 'The server does not answer.' };
  }
}

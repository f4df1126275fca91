import { signal } from '@preact/signals';
import type { PhoneChannel, SettingsChange } from '../../src/protocol/settings.ts';
import type { DiagnosisAnswer, SettingsAnswer } from '../../src/protocol/snapshot.ts';
import { anticipate } from './live.ts';

/** Why the last thing that was asked for did not happen. */
export const refusal = signal('');

/** Shows a change at once, and has it made. */
export async function change(settings: SettingsChange): Promise<void> {
  const settled = anticipate(settings);
  const answer = await post<SettingsAnswer>('settings', settings);
  settled(answer?.changedAtMs ?? 0);
}

export const write = (channel: PhoneChannel, text: string): Promise<unknown> =>
  post('messages', { channel, text });

export const personTypes = (channel: PhoneChannel, isTyping: boolean): Promise<unknown> =>
  post('person-typing', { channel, isTyping });

export const reset = (): Promise<unknown> => post('resets', {});

export const diagnose = (channel: PhoneChannel): Promise<DiagnosisAnswer | undefined> =>
  post('diagnoses', { channel });

/** `undefined`, where the server refused or is gone. */
async function post<Answer>(what: string, body: object): Promise<Answer | undefined> {
  try {
    const response = await fetch(`api/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    refusal.value = response.ok ? '' : answer.error;
    return response.ok ? answer : undefined;
  } catch {
    refusal.value = 'The playground has ended. Start it again with pnpm playground.';
    return undefined;
  }
}

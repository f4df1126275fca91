import { signal } from '@preact/signals';
import type { PhoneChannel, SettingsChange } from '../../src/protocol/settings.ts';
import type { DiagnosisAnswer, SettingsAnswer } from '../../src/protocol/snapshot.ts';
import { anticipate, lose } from './live.ts';

/** Why the server refused the last thing that was asked for. */
export const refusal = signal('');

/** Shows a change at once, and has it made. */
export async function change(settings: SettingsChange): Promise<void> {
  const settled = anticipate(settings);
  const answer = await post<SettingsAnswer>('settings', settings);
  settled(answer?.changedAtMs ?? 0);
}

/** Has the scene of an address set. Nothing of it is shown before the server has checked it. */
export const setScene = (scene: object): Promise<unknown> => post('settings', scene);

/** @returns whether it was taken. */
export const write = async (channel: PhoneChannel, text: string): Promise<boolean> =>
  (await post('messages', { channel, text })) !== undefined;

/** Lets time go on a little while it stands still. */
export const step = (forMs: number): Promise<unknown> => post('steps', { forMs });

export const personTypes = (channel: PhoneChannel, isTyping: boolean): Promise<unknown> =>
  post('person-typing', { channel, isTyping });

export const reset = (): Promise<unknown> => post('resets', {});

export const diagnose = (channel: PhoneChannel): Promise<DiagnosisAnswer | undefined> =>
  post('diagnoses', { channel });

/** `undefined`, where the server refused or is gone. */
async function post<Answer = object>(what: string, body: object): Promise<Answer | undefined> {
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
    lose();
    return undefined;
  }
}

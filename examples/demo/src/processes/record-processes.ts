import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BubbleInterval, LoggedRequest } from '@typingkit/simulator';
import type { SimulatedVendors } from '../simulated-vendors.ts';
import { type Line, type Program, type ProgramName, startProgram } from './programs.ts';

/** What three processes did, and what the recipient saw. All times are milliseconds since 1970. */
export interface ProcessesRecording {
  readonly beganAtMs: number;
  readonly nowMs: number;
  readonly lines: readonly Line[];
  /** When the worker was killed, and when another one was started. */
  readonly killedAtMs: number | undefined;
  readonly restartedAtMs: number | undefined;
  /** What the webhook answered each time that Telegram sent the update. */
  readonly webhookAnswers: readonly number[];
  readonly requests: readonly LoggedRequest[];
  readonly intervals: readonly BubbleInterval[];
}

/** When what happens, in milliseconds from the message on. */
const schedule = { killMs: 2_500, restartAfterMs: 1_000, lookEveryMs: 160 };
/** For how long the picture goes on after the answer, in milliseconds. */
const epilogueMs = 800;

/**
 * Has a person write to a bot of three processes, kills the worker while it thinks, and starts another one, as whoever
 * runs the processes would.
 */
export async function recordProcesses(
  vendors: SimulatedVendors,
  redisUrl: string,
  onProgress: (soFar: ProcessesRecording) => void,
): Promise<ProcessesRecording> {
  const { id, target } = await vendors.createTelegramChat();
  const secret = randomBytes(16).toString('hex');
  const environment = {
    ...vendors.environment,
    REDIS_URL: redisUrl,
    PORT: '0',
    TELEGRAM_BOT_ID: vendors.environment['TELEGRAM_BOT_TOKEN']?.split(':')[0],
    TELEGRAM_WEBHOOK_SECRET_TOKEN: secret,
  };
  const lines: Line[] = [];
  const programs = new Set<Program>();
  const failures: unknown[] = [];
  const start = (name: ProgramName): Program => {
    const program = startProgram(name, environment, (line) => lines.push(line));
    programs.add(program);
    program.ended.catch((error: unknown) => failures.push(error));
    return program;
  };
  const has = (by: ProgramName, text: string): boolean =>
    lines.some((line) => line.by === by && line.text === text);

  let worker = start('worker');
  start('webhook');
  const url = await addressOf(lines, failures);
  const webhookAnswers: number[] = [];
  const beganAtMs = Date.now();
  const update = {
    update_id: 10_000,
    message: {
      message_id: 1,
      date: Math.floor(beganAtMs / 1000),
      chat: { id: target.chatId, type: 'private', first_name: 'Ada' },
      text: 'the moon?',
    },
  };
  const deliver = async (): Promise<void> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
      body: JSON.stringify(update),
    });
    webhookAnswers.push(response.status);
  };
  // Telegram sends an update again when it believes that the answer was lost.
  await deliver();
  await deliver();

  let sender: Program | undefined;
  let killedAtMs: number | undefined;
  let restartedAtMs: number | undefined;
  const record = async (): Promise<ProcessesRecording> => {
    const [requests, view] = await Promise.all([vendors.requestsTo(id), vendors.viewOf(id)]);
    const { intervals, nowMs } = view;
    const times = { beganAtMs, nowMs, killedAtMs, restartedAtMs };
    return { ...times, lines, webhookAnswers, requests, intervals };
  };
  for (let sentAtMs = Infinity; Date.now() < sentAtMs + epilogueMs;) {
    const [failure] = failures;
    if (failure !== undefined) throw failure;
    // It comes later, so that the worker is the one that shows the indicator.
    if (!sender && has('worker', 'started')) sender = start('sender');
    const nowMs = Date.now();
    if (killedAtMs === undefined) {
      if (has('sender', 'ready') && nowMs >= beganAtMs + schedule.killMs) {
        await worker.kill();
        killedAtMs = Date.now();
      }
    } else if (restartedAtMs === undefined && nowMs >= killedAtMs + schedule.restartAfterMs) {
      worker = start('worker');
      restartedAtMs = Date.now();
    }
    sentAtMs = lines.find(({ text }) => text === 'sent')?.atMs ?? Infinity;
    onProgress(await record());
    await sleep(schedule.lookEveryMs);
  }
  const recording = await record();
  await Promise.all([...programs].map((program) => program.stop()));
  return recording;
}

/** Where the webhook listens, as soon as it says so. */
async function addressOf(lines: readonly Line[], failures: readonly unknown[]): Promise<string> {
  for (;;) {
    const [failure] = failures;
    if (failure !== undefined) throw failure;
    const line = lines.find(({ text }) => text.startsWith('listens '));
    if (line) return line.text.slice('listens '.length);
    await sleep(schedule.lookEveryMs);
  }
}

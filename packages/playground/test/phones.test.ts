import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { channelRows, phoneChannels } from '../src/protocol/channels/channel-rows.ts';
import { shellOnScreen } from '../src/protocol/shell-on-screen.ts';
import type { PhoneChannel } from '../src/protocol/settings.ts';
import type { PhoneSnapshot } from '../src/protocol/snapshot.ts';
import { World } from '../src/world/world.ts';

let world: World;

beforeAll(async () => {
  world = await World.start({ webhookUrl: 'http://127.0.0.1:9/', onChange: () => {} });
  world.change({ bot: { thinkMs: 180_000 } });
});

afterAll(() => world.close());

function look(phone: PhoneChannel): PhoneSnapshot {
  const other = phone === 'imessage' ? 'linkedin' : 'imessage';
  world.change({ phones: [phone, other] });
  const seen = world.snapshot().phones[phone];
  if (!seen) throw new Error(`${phone} is not on the table`);
  return seen;
}

test('every row has a name of its own', () => {
  const names = phoneChannels.map((phone) => channelRows[phone].name);
  expect(new Set(names).size).toBe(names.length);
});

describe.for(phoneChannels)('the phone %s', (phone) => {
  test('shows typing while the bot thinks', async () => {
    world.write(phone, 'Hello?');
    await vi.waitFor(() => expect(look(phone).isBubbleVisible).toBe(true), { timeout: 30_000 });
  });

  test('says how the command line finds the conversation', () => {
    const { key } = channelRows[phone];
    const vendor = world.simulator.vendors[channelRows[phone].vendor];
    expect({ ...vendor.environment, [key.variable]: key.simulated }).toEqual(vendor.environment);
    expect(shellOnScreen(phone, look(phone))).toContain(`export ${key.variable}=${key.simulated}`);
  });

  // Linq tells by a webhook, which goes nowhere here.
  const isTold = channelRows[phone].hearsBy !== undefined && phone !== 'imessage';
  test.runIf(isTold)('lets the bot see the person type', async () => {
    world.personTypes(phone, true);
    await vi.waitFor(() => expect(look(phone).doesBotSeeTyping).toBe(true), { timeout: 30_000 });
    world.personTypes(phone, false);
  });
});

test('two phones of one channel are two conversations, each with its own vendor', () => {
  const [linq, sendblue] = [look('imessage'), look('sendblue')];
  expect(Object.keys(linq.reachedAt.target)).toEqual(['chatId']);
  expect(Object.keys(sendblue.reachedAt.target)).toEqual(['number', 'fromNumber']);
  expect(shellOnScreen('imessage', linq)).toContain('typingkit keep imessage --chat-id ');
  expect(shellOnScreen('sendblue', sendblue)).toContain('typingkit keep imessage --number ');
});

import { linqChannel } from '@typingkit/linq';
import {
  type LinqWebhookSubscription,
  type LinqWebhookSubscriptions,
  linqWebhookSubscriptions,
} from '@typingkit/linq/webhook';
import type { Command } from 'commander';
import { requiredSettings } from 'typingkit/environment';
import { CommandError } from '../command-error.ts';
import type { Setup } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { examples } from '../help-text.ts';
import { addOutputFlags, type OutputFlags } from '../output-flags.ts';
import { outputFor } from '../output.ts';
import { type Lines, styled } from '../printable.ts';
import { settings } from '../settings.ts';
import { table } from '../table.ts';

interface AddFlags extends OutputFlags {
  readonly phoneNumber?: readonly string[];
}

const exampleUrl = 'https://bot.example.com/linq';
const exampleId = '7b9e4f6a-52c1-4d0e-9a3b-1c2d3e4f5a6b';

export const setUpWebhooks: Setup = (command) => {
  command
    .usage('<command>')
    .addHelpText(
      'after',
      examples(['typingkit webhooks list', `typingkit webhooks add ${exampleUrl}`]),
    );
  // Reached where no command is named, and with one that is unknown.
  command.allowUnknownOption().allowExcessArguments();
  command.action(() => {
    const advice = 'The commands are add, list and remove: typingkit webhooks --help';
    throw new CommandError('typingkit webhooks has no such command', advice, exitCodes.usage);
  });
  setUpAdd(subcommand(command, 'add', 'make Linq report who is typing to an https address'));
  setUpList(subcommand(command, 'list', 'list all webhooks of the account'));
  setUpRemove(subcommand(command, 'remove', 'delete a webhook and its secret'));
};

function subcommand(parent: Command, name: string, summary: string): Command {
  const command = parent.command(name).description(summary);
  return command.showHelpAfterError(`See typingkit webhooks ${name} --help.`);
}

function setUpAdd(command: Command): void {
  command.argument('<url>', 'where your bot listens: https, and not used by another webhook');
  command.option('--phone-number <number...>', 'only events for these lines, such as +12025550100');
  addOutputFlags(command);
  command.addHelpText('after', examples([`typingkit webhooks add ${exampleUrl}`]));
  command.action(async (url: string, flags: AddFlags) => {
    const wishes = { url, phoneNumbers: flags.phoneNumber };
    const { signingSecret, ...created } = await subscriptions().create(wishes);
    const output = outputFor(flags);
    // The one secret that is ever printed: Linq shows it here and never again, and without it nothing can be heard.
    output.result({ ...created, signingSecret }, `LINQ_WEBHOOK_SECRET=${signingSecret}`);
    output.note(
      `Added ${created.id}. Keep the secret, for example in .env: Linq never shows it again.`,
    );
  });
}

function setUpList(command: Command): void {
  addOutputFlags(command);
  command.addHelpText('after', examples(['typingkit webhooks list --json']));
  command.action(async (flags: OutputFlags) => {
    const webhooks = await subscriptions().list();
    outputFor(flags).result({ webhooks }, inLines(webhooks));
  });
}

function setUpRemove(command: Command): void {
  command.argument('<id>', 'as `typingkit webhooks list` prints it');
  addOutputFlags(command);
  command.addHelpText('after', examples([`typingkit webhooks remove ${exampleId}`]));
  command.action(async (id: string, flags: OutputFlags) => {
    await subscriptions().remove(id);
    outputFor(flags).result({ status: 'removed', id }, `${styled('green', 'removed')} ${id}`);
  });
}

function subscriptions(): LinqWebhookSubscriptions {
  const { apiKey = '', baseUrl } = requiredSettings(linqChannel, settings);
  return linqWebhookSubscriptions({ apiKey, baseUrl });
}

function inLines(webhooks: readonly LinqWebhookSubscription[]): Lines {
  if (webhooks.length === 0) return 'There are no webhooks: `typingkit webhooks add` creates one.';
  const rows = webhooks.map(({ id, url, isActive, events, phoneNumbers }) => [
    id,
    isActive ? 'active' : 'inactive',
    url,
    `${events.length} events`,
    phoneNumbers.join(', ') || 'all lines',
  ]);
  return table(['ID', 'STATE', 'URL', 'EVENTS', 'LINES'], rows);
}

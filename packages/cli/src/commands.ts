import type { Setup } from './command-context.ts';

/** A command before anything of it is loaded. */
interface LazyCommand {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Setup>;
}

/** Every command in the order of `--help`, but for `completion`, which the completion library brings. */
export const commands: readonly LazyCommand[] = [
  {
    name: 'send',
    summary: 'show the typing indicator, once',
    load: async () => (await import('./commands/send.ts')).setUpSend,
  },
  {
    name: 'keep',
    summary: 'keep it alive until Ctrl-C, or for a while',
    load: async () => (await import('./commands/keep.ts')).setUpKeep,
  },
  {
    name: 'stop',
    summary: 'clear it, once',
    load: async () => (await import('./commands/stop.ts')).setUpStop,
  },
  {
    name: 'diagnose',
    summary: 'find out why it is not seen',
    load: async () => (await import('./commands/diagnose.ts')).setUpDiagnose,
  },
  {
    name: 'serve',
    summary: 'serve all of this over HTTP, for bots in any language',
    load: async () => (await import('./commands/serve.ts')).setUpServe,
  },
  {
    name: 'listen',
    summary: "print who is typing to you, from Linq's webhooks",
    load: async () => (await import('./commands/listen.ts')).setUpListen,
  },
  {
    name: 'webhooks',
    summary: 'tell Linq where to report who is typing',
    load: async () => (await import('./commands/webhooks.ts')).setUpWebhooks,
  },
  {
    name: 'doctor',
    summary: 'check the keys of every channel that is set up',
    load: async () => (await import('./commands/doctor.ts')).setUpDoctor,
  },
  {
    name: 'channels',
    summary: 'list the channels, what each can do and what it needs',
    load: async () => (await import('./commands/channels.ts')).setUpChannels,
  },
  {
    name: 'simulate',
    summary: 'run the vendors on this machine, with a playground in the browser',
    load: async () => (await import('./commands/simulate.ts')).setUpSimulate,
  },
  {
    name: 'trigger',
    summary: 'let a simulated person type',
    load: async () => (await import('./commands/trigger.ts')).setUpTrigger,
  },
  {
    name: 'new-provider',
    summary: 'write the package of a new provider, to fill in',
    load: async () => (await import('./commands/new-provider.ts')).setUpNewProvider,
  },
];

/** What `completion` is called, and what the shell calls while the user types. */
export const completionCommand = {
  name: 'completion',
  requestName: 'complete',
  summary: 'print the script that completes commands and flags in your shell',
} as const;

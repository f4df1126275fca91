import type { Settings, SettingsChange } from './settings.ts';

/** The settings after a change. */
export function changedSettings(settings: Settings, change: SettingsChange): Settings {
  const { bot, chats, switches, trouble, ...plain } = change;
  return {
    ...settings,
    ...withoutUndefined(plain),
    bot: { ...settings.bot, ...withoutUndefined(bot ?? {}) },
    chats: { ...settings.chats, ...withoutUndefined(chats ?? {}) },
    switches: { ...settings.switches, ...withoutUndefined(switches ?? {}) },
    trouble: { ...settings.trouble, ...withoutUndefined(trouble ?? {}) },
  };
}

type Given<Shape> = { [Field in keyof Shape]?: Exclude<Shape[Field], undefined> };

function withoutUndefined<Shape extends object>(change: Shape): Given<Shape> {
  // What is left has no `undefined` in it, which the compiler cannot see from the filter.
  return Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) as Given<Shape>;
}

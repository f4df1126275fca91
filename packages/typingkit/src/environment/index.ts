export { byChannel, choiceVariable, chooseProvider } from './choose-provider.ts';
export { channelsFrom, type LazyChannels } from './environment-channels.ts';
export { addressOf } from './provider-address.ts';
export {
  environment,
  missingSettings,
  providerFrom,
  requiredSettings,
  type SettingsSource,
  variableOf,
} from './settings.ts';

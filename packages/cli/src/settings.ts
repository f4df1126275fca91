import { type SettingsSource, environment } from 'typingkit/environment';
import { fileOfVariable } from './environment-file.ts';

/** Where the command line has its settings from: the environment, and a file `.env` that has been read into it. */
export const settings: SettingsSource = {
  read: (variable) => environment.read(variable),
  fileOf: fileOfVariable,
  where: 'in the environment or in a .env file here',
  howToSet: ({ variables: [variable], description: what }, { vendor, documentation }) =>
    `Set ${variable} in the environment or in a .env file here: it is ${what}. ${vendor} documents it at ${documentation}`,
};

import { CommandError } from '../command-error.ts';
import { exitCodes } from '../exit-codes.ts';

/** One name in every spelling that a package needs. */
export interface ProviderNames {
  /** Of the folder, the files and the provider: `acme-chat`. */
  readonly name: string;
  /** Of the function that makes the provider: `acmeChat`. */
  readonly factory: string;
  /** At the beginning of types: `AcmeChat`. */
  readonly type: string;
  /** At the beginning of environment variables: `ACME_CHAT`. */
  readonly variable: string;
  /** As the vendor writes itself: `Acme Chat`. */
  readonly vendor: string;
  /** What the recipient uses: `acme-chat`. */
  readonly channel: string;
}

/** @throws CommandError where the name cannot be that of a package and of a function. */
export function providerNames(
  name: string,
  { vendor, channel }: { readonly vendor?: string; readonly channel?: string },
): ProviderNames {
  if (!isKebabCase(name)) throw invalid(name, 'the name of a provider');
  if (channel !== undefined && !isKebabCase(channel)) throw invalid(channel, 'a channel');
  const words = name.split('-');
  const type = words.map(capitalized).join('');
  const factory = type.charAt(0).toLowerCase() + type.slice(1);
  return {
    name,
    factory,
    type,
    variable: words.join('_').toUpperCase(),
    vendor: vendor?.trim().replaceAll(/["'\\\s]+/g, ' ') || words.map(capitalized).join(' '),
    channel: channel ?? name,
  };
}

// At least two letters, and no word of the language: it becomes the name of a function.
const reserved =
  /^(?:await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield)$/;

function isKebabCase(text: string): boolean {
  return /^[a-z][a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && text.length <= 60 && !reserved.test(text);
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function invalid(text: string, what: string): CommandError {
  return new CommandError(
    `${JSON.stringify(text)} cannot be ${what}`,
    'Use lower-case letters, digits and single hyphens, for example acme or acme-chat.',
    exitCodes.usage,
  );
}

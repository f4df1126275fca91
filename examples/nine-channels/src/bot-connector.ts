import { createRemoteJWKSet, errors, jwtVerify } from 'jose';

/** As much of an activity as its sender's token speaks of. */
interface Activity {
  readonly serviceUrl?: unknown;
  readonly channelId?: unknown;
}

/**
 * Makes the function that tells whether the Bot Connector has sent an activity to this app. The token signs no body. It
 * names the `serviceUrl`, to which the bot's own token will go, and its key is good for some channels only.
 *
 * @see https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
 */
export function botConnector(
  appId: string,
): (authorization: string, body: Uint8Array) => Promise<boolean> {
  const address =
    process.env['BOT_CONNECTOR_KEYS_URL'] ?? 'https://login.botframework.com/v1/.well-known/keys';
  const keys = createRemoteJWKSet(new URL(address));
  const expected = {
    issuer: 'https://api.botframework.com',
    audience: appId,
    algorithms: ['RS256'],
    clockTolerance: '5 minutes',
  };

  return async (authorization, body) => {
    try {
      const token = authorization.replace(/^Bearer /, '');
      const { payload, protectedHeader } = await jwtVerify(token, keys, expected);
      const { serviceUrl, channelId } = JSON.parse(new TextDecoder().decode(body)) as Activity;
      const key = keys.jwks()?.keys.find(({ kid }) => kid === protectedHeader.kid);
      const endorsements: unknown = key && Reflect.get(key, 'endorsements');
      const isEndorsed = Array.isArray(endorsements) && endorsements.includes(channelId);
      return isEndorsed && serviceUrl !== undefined && payload['serviceurl'] === serviceUrl;
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof SyntaxError) return false;
      // Nobody knows: with a 500, Microsoft sends it again.
      throw error;
    }
  };
}

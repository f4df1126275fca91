import type { ChannelDescription } from '@typingkit/core';
import { matrix, matrixAddress } from './matrix.ts';
import type { MatrixTarget } from './target.ts';

/** The channel `matrix`, as it is configured by strings: environment variables, flags. */
export const matrixChannel: ChannelDescription<MatrixTarget, 'matrix'> = {
  channel: 'matrix',
  provider: 'matrix',
  factory: 'matrix',
  vendor: 'Matrix',
  documentation: 'https://spec.matrix.org/latest/client-server-api/#login',
  targetFields: [
    {
      name: 'roomId',
      description: 'the id of the room, as room_id in events and as the key in a /sync',
      example: '!wefh3sfukhs:example.org',
      isOptional: false,
    },
  ],
  settings: [
    {
      name: 'baseUrl',
      variables: ['MATRIX_HOMESERVER_URL'],
      description: 'the base URL of the homeserver',
      isRequired: true,
      isSecret: false,
      isAddress: true,
    },
    {
      name: 'accessToken',
      variables: ['MATRIX_ACCESS_TOKEN'],
      description: 'an access token of the account, from a login',
      isRequired: true,
      isSecret: true,
    },
    {
      name: 'userId',
      variables: ['MATRIX_USER_ID'],
      description: 'the account; without it, the server is asked once',
      example: '@bot:example.org',
      isRequired: false,
      isSecret: false,
    },
  ],
  address: ({ userId }) => matrixAddress({ userId }),
  create: ({ baseUrl = '', accessToken = '', userId }) => matrix({ baseUrl, accessToken, userId }),
};

import type { JSX } from 'preact';
import { useToken } from '../state/live.ts';

/** Asks for the token of the server. */
export function TokenForm(): JSX.Element {
  return (
    <form
      class="card token-form"
      onSubmit={(event) => {
        event.preventDefault();
        const token = new FormData(event.currentTarget).get('token');
        if (typeof token === 'string') useToken(token.trim());
      }}
    >
      <label for="token">This server wants a token. It is kept until you close this tab.</label>
      <div class="token-line">
        <input id="token" name="token" type="password" autocomplete="off" required />
        <button class="button" type="submit">
          Open
        </button>
      </div>
    </form>
  );
}

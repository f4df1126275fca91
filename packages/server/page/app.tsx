import type { JSX } from 'preact';
import { ConversationPanel } from './conversation/conversation-panel.tsx';
import { FailureList } from './failures/failure-list.tsx';
import { Header } from './frame/header.tsx';
import { Notice } from './frame/notice.tsx';
import { TokenForm } from './frame/token-form.tsx';
import { RestList } from './rests/rest-list.tsx';
import { SessionTable } from './sessions/session-table.tsx';
import { connection, state } from './state/live.ts';

/** The whole page. */
export function App(): JSX.Element {
  return (
    <>
      <a class="skip" href="#sessions">
        Skip to the sessions
      </a>
      <Header />
      <main aria-busy={state.value === undefined}>
        <Notice />
        {connection.value === 'needs-token' && <TokenForm />}
        {state.value && (
          <>
            <RestList />
            <SessionTable />
            <ConversationPanel />
            <FailureList />
          </>
        )}
      </main>
    </>
  );
}

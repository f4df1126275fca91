import type { JSX } from 'preact';
import { BotBar } from './bot/bot-bar.tsx';
import { CodePanel } from './code/code-panel.tsx';
import { EnginePanel } from './engine/engine-panel.tsx';
import { Header } from './frame/header.tsx';
import { JumpBar } from './frame/jump-bar.tsx';
import { Notice } from './frame/notice.tsx';
import { PhoneCard } from './phone/phone-card.tsx';
import { snapshot } from './state/live.ts';
import { TimelinePanel } from './timeline/timeline-panel.tsx';

/** The whole page. */
export function App(): JSX.Element {
  return (
    <>
      <a class="skip" href="#phones">
        Skip to the phones
      </a>
      <Header />
      <main aria-busy={snapshot.value === undefined}>
        <Notice />
        {snapshot.value && (
          <>
            <BotBar />
            <TimelinePanel />
            <section id="phones" class="phones" aria-label="Phones" tabIndex={-1}>
              {snapshot.value.settings.phones.map((channel) => (
                <PhoneCard key={channel} channel={channel} />
              ))}
            </section>
            <div class="columns">
              <EnginePanel />
              <CodePanel />
            </div>
          </>
        )}
      </main>
      <JumpBar />
      <footer class="footer">
        Nothing leaves this machine: the vendors are{' '}
        <a href="https://github.com/typingkit/typingkit/tree/main/packages/simulator#readme">
          simulated
        </a>{' '}
        behind real HTTP on 127.0.0.1.
      </footer>
    </>
  );
}

import type { Moment, Story } from './story.ts';

/** What happened, in order, one line each: what a reader needs who looks for the mistake. */
export function tellStory(story: Story): string {
  const lines: (Moment & { readonly text: string })[] = [];
  const tell = (moment: Moment | undefined, text: string): void => {
    if (moment) lines.push({ order: moment.order, atMs: moment.atMs, text });
  };
  for (const { conversation, nth, opened, asked, ended, touched, wish } of story.sessions) {
    tell(opened, `session ${nth} of ${conversation} opens ${JSON.stringify(wish)}`);
    for (const touch of touched) tell(touch, `session ${nth} is touched`);
    for (const ask of asked) tell(ask, `session ${nth} is asked to end: ${ask.reason}`);
    tell(ended, `session ${nth} ends: ${ended?.reason}`);
  }
  for (const { verb, conversation, reply, timeoutMs } of story.calls) {
    tell(reply.called, `${verb}(${conversation}) is called, for ${timeoutMs} ms`);
    tell(reply.settled, `${verb}(${conversation}) of #${reply.called.order} settles`);
  }
  for (const { reply, over } of story.works) {
    tell(over, `work is over`);
    tell(reply.settled, `the with of #${reply.called.order} settles`);
  }
  for (const message of story.messages) tell(message, `message to ${message.conversation}`);
  for (const call of story.wire) {
    const name = `${call.kind} ${call.conversation}`;
    tell(
      call.called,
      `--> ${name}${call.sent?.order === call.called.order + 1 ? '' : ' (no key)'}`,
    );
    if (call.sent && call.sent.order !== call.called.order + 1) tell(call.sent, `--> ${name} sent`);
    tell(call.aborted, `x-- ${name} of #${call.called.order} is given up`);
    tell(call.settled, `<-- ${name} of #${call.called.order}: ${call.settled?.outcome}`);
    const learned = call.learned?.code ?? 'accepted';
    tell(call.learned, `    the engine knows of #${call.called.order}: ${learned}`);
  }
  tell(story.close?.called, 'close() is called');
  tell(story.close?.settled, 'close() settles');
  tell(story.recovered?.from, 'the vendors are well from now on');
  tell(story.calm, 'all is calm');
  const inOrder = lines.toSorted((one, other) => one.order - other.order);
  return inOrder.map(({ order, atMs, text }) => `${atMs} ms #${order}: ${text}`).join('\n');
}

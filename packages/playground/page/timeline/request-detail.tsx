import { answerInWords, clock, type PickedRequest, type Story } from '@typingkit/page-parts';
import type { JSX } from 'preact';

interface RequestDetailProps {
  readonly story: Story;
  readonly picked: PickedRequest | undefined;
}

/** What was asked and answered, of the request that somebody points at. Its place is kept, so that nothing jumps. */
export function RequestDetail({ story, picked }: RequestDetailProps): JSX.Element {
  const track = story.tracks.find(({ id }) => id === picked?.track);
  const request = track?.requests.find(({ id }) => id === picked?.request);
  const words =
    track && request
      ? `${clock(request.atMs - story.beganAtMs)} ${track.name}: ${request.sent ?? request.kind} → ${answerInWords(request)}${request.hiddenBecause === null ? '' : `, but nothing shows: ${request.hiddenBecause}`}`
      : 'Point at a mark, or go there with the arrow keys: its request and its answer stand here.';
  return (
    <p class="request-detail" role="status" data-testid="request-detail" title={words}>
      {words}
    </p>
  );
}

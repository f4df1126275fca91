import type { JSX } from 'preact';
import type { StoryRequest } from '../story/story.ts';
import { type MarkKind, markKindOf, requestInWords } from './mark-kind.ts';
import { type Scale, xOf } from './scale.ts';

interface MarkProps {
  readonly request: StoryRequest;
  readonly scale: Scale;
  readonly middle: number;
  readonly isPicked: boolean;
  readonly onPoint: (() => void) | undefined;
}

/** One request. */
export function Mark({ request, scale, middle, isPicked, onPoint }: MarkProps): JSX.Element {
  return (
    <g
      transform={`translate(${xOf(scale, request.atMs)} ${middle})`}
      {...(onPoint && { onPointerEnter: onPoint })}
    >
      {isPicked && <circle r="10" class="picked" />}
      <title>{requestInWords(request)}</title>
      <MarkShape kind={markKindOf(request)} />
    </g>
  );
}

/** Told apart by its shape, too, and not by its colour alone. */
export function MarkShape({ kind }: { readonly kind: MarkKind }): JSX.Element {
  return <path class={`mark is-${kind}`} d={shapes[kind]} />;
}

const circle = 'M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0Z';
const shapes: Readonly<Record<MarkKind, string>> = {
  start: circle,
  refresh: circle,
  dark: `${circle}M-4 4L4 -4`,
  stop: 'M-5 -5h10v10h-10Z',
  message: 'M-7 -5.500h14v8.500h-8l-3.500 3.500v-3.500h-2.500Z',
  failure: 'M-5 -5L5 5M5 -5L-5 5',
  question: 'M-3 -6L6 0L-3 6Z',
};

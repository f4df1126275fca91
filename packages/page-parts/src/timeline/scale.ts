/** Where things are on the timeline. */
export interface Scale {
  readonly width: number;
  /** Where the tracks' names end. */
  readonly gutter: number;
  /** Where the present is at the latest; what lies to the right is still to come. */
  readonly nowX: number;
  readonly pixelsPerMs: number;
  /** What everything is counted from, so that the numbers stay small. */
  readonly beganAtMs: number;
  readonly spanMs: number;
}

export const rulerHeight = 30;
export const trackHeight = 21;
/** Above the lines of a conversation. */
export const headingHeight = 20;
/** A heading and three lines. */
export const groupHeight: number = headingHeight + 3 * trackHeight + 5;

/** How much of the width is kept for what is still to come. */
const shareOfFuture = 0.08;

export function scaleOf(width: number, spanMs: number, beganAtMs: number): Scale {
  const gutter = width < 520 ? 70 : 96;
  const nowX = gutter + (width - gutter) * (1 - shareOfFuture);
  return { width, gutter, nowX, pixelsPerMs: (nowX - gutter) / spanMs, beganAtMs, spanMs };
}

/** Where a moment is, from where the story began. */
export function xOf({ pixelsPerMs, beganAtMs }: Scale, atMs: number): number {
  return (atMs - beganAtMs) * pixelsPerMs;
}

/** Where the present is: it wanders to the right until the axis is full. */
export function nowXOf(scale: Scale, nowMs: number): number {
  return Math.max(scale.gutter, Math.min(scale.nowX, scale.gutter + xOf(scale, nowMs)));
}

/** How far everything has to be moved, so that the present is there. */
export function shiftOf(scale: Scale, nowMs: number): number {
  return nowXOf(scale, nowMs) - xOf(scale, nowMs);
}

/** How often time moves on where it must not be an animation, in milliseconds. */
const calmMs = 1_000;

/** Calls a function now and with every frame, or once a second for those who want less motion. */
export function everyTick(run: () => void): void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const tick = (): void => {
    run();
    if (calm.matches) setTimeout(tick, calmMs);
    else requestAnimationFrame(tick);
  };
  tick();
}

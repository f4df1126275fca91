/** Why a signal was aborted. The signal of a library may not know: then what `abort()` without a reason would give. */
export function abortReasonOf({ reason }: AbortSignal): unknown {
  const given: unknown = reason;
  return given === undefined ? new DOMException('The call was aborted.', 'AbortError') : given;
}

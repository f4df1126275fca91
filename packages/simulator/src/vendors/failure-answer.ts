import type { FailureMoment, VendorFailure, VendorFailures } from './vendor.ts';

/** What a documented failure answers at this moment. */
export function failureAt(
  failures: VendorFailures,
  name: string,
  moment: FailureMoment,
): VendorFailure {
  const failure = failures[name];
  if (failure === undefined) throw new TypeError(`There is no documented failure ${name}.`);
  return typeof failure === 'function' ? failure(moment) : failure;
}

/** A failure as a response. */
export function failureResponse({ status, headers = {}, body }: VendorFailure): Response {
  if (body === undefined) return new Response(null, { status, headers });
  if (typeof body === 'string') return new Response(body, { status, headers });
  return Response.json(body, { status, headers });
}

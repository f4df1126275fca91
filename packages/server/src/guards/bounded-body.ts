import { Problem } from '../problems/problem.ts';

/**
 * The body as text, and never more of it than is allowed.
 *
 * @throws Problem `body-too-large`, `invalid-request`.
 */
export async function bodyText(request: Request, largestBytes: number): Promise<string> {
  const { headers, method } = request;
  const declared = headers.get('content-length');
  if (declared !== null && Number(declared) > largestBytes) throw new Problem('body-too-large');
  if (method === 'GET' || method === 'HEAD') {
    // A `Request` of these has no body, whatever came.
    if (headers.has('transfer-encoding') || Number(declared ?? 0) > 0)
      throw new Problem('invalid-request', { detail: 'This request has no body.' });
    return '';
  }
  // Node has read as much as was declared, and no more.
  if (declared !== null && !headers.has('transfer-encoding')) return request.text();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > largestBytes) throw new Problem('body-too-large');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

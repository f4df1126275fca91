import { acmeAnswer } from '../acme.ts';
import { broken, type BrokenProvider, peek, withFetch } from './broken-provider.ts';

const patienceBytes = 256 * 1024;

export const brokenAnswers: readonly BrokenProvider[] = [
  broken(
    'takes any 200 for a success that has a web page in it',
    'takes a web page in place of an answer for bad-response',
    afterSuccess(async (response) =>
      response.headers.get('content-type') === 'text/html' ? accepted() : response,
    ),
  ),
  broken(
    'takes an empty 200 for a success',
    'takes an empty success for bad-response, where the vendor promises a body',
    afterSuccess(async (response) => {
      const [first, whole] = await peek(response);
      return first === '' ? accepted() : whole;
    }),
  ),
  broken(
    'repairs half an answer',
    'takes half an answer for bad-response',
    afterSuccess(async (response) => {
      const [first, whole] = await peek(response);
      return !isJson(first) && isJson(`${first}}`) ? accepted() : whole;
    }),
  ),
  broken(
    'does not look into an answer',
    'takes an answer of other types than are promised for bad-response',
    afterSuccess(async (response) => {
      const [first, whole] = await peek(response);
      return first === '42' ? accepted() : whole;
    }),
  ),
  broken(
    'takes the beginning of a long answer for the whole',
    'takes an answer without an end for bad-response',
    afterSuccess(async (response) => {
      const reader = response.body?.getReader();
      let text = '';
      for (;;) {
        const { done = true, value } = (await reader?.read()) ?? {};
        if (done) return new Response(text);
        text += new TextDecoder().decode(value);
        if (text.length > patienceBytes) {
          await reader?.cancel();
          return new Response(text.trim());
        }
      }
    }),
  ),
  broken(
    'reads whatever comes',
    'reads no more of an answer without an end than it must',
    afterSuccess(async (response) => new Response(await response.arrayBuffer())),
  ),
  broken(
    'takes a page of a gateway for a refusal',
    'keeps the meaning of a failure whose body is worth nothing',
    withFetch(async (request, send) => {
      const response = await send(request);
      const isPage =
        response.status === 503 && response.headers.get('content-type') === 'text/html';
      return isPage ? new Response('', { status: 400 }) : response;
    }),
  ),
  broken(
    'follows redirects',
    'follows no redirect, which could carry the key elsewhere',
    withFetch((request, send) => send(new Request(request, { redirect: 'follow' }))),
  ),
];

function afterSuccess(change: (response: Response) => Promise<Response>): BrokenProvider['create'] {
  return withFetch(async (request, send) => {
    const response = await send(request);
    return response.status === 200 ? change(response) : response;
  });
}

function accepted(): Response {
  return Response.json(acmeAnswer);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

import { Client } from 'undici';

/** How long a session of this process lives without a touch, in milliseconds. */
const idleTimeoutMs = 3_000;

// Many clients, each with a connection and a session of its own, which touch for as long as they live.
process.once('message', ({ url, clients }: { readonly url: string; readonly clients: number }) => {
  void Promise.all(Array.from({ length: clients }, (_, number) => client(url, number))).then(
    (ids) => process.send?.(ids),
  );
});

async function client(url: string, number: number): Promise<string> {
  const connection = new Client(url);
  const { body } = await connection.request({
    method: 'POST',
    path: '/v1/sessions',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'chat', target: { id: `vanishing ${number}` }, idleTimeoutMs }),
  });
  const { id } = (await body.json()) as { readonly id: string };
  const touch = async (): Promise<void> => {
    const answer = await connection.request({ method: 'POST', path: `/v1/sessions/${id}/touch` });
    await answer.body.dump();
    setTimeout(() => void touch(), 20);
  };
  void touch();
  return id;
}

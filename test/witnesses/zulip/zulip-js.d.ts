/** As much of it as is used here: it brings no types. */
declare module 'zulip-js' {
  interface Client {
    readonly typing: { send(parameters: object): Promise<unknown> };
    callEndpoint(endpoint: string, method: string, parameters: object): Promise<unknown>;
  }
  export default function zulip(config: {
    readonly realm: string;
    readonly username: string;
    readonly apiKey: string;
  }): Promise<Client>;
}

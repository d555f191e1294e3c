/** Talks to one Janus over its HTTP transport. */
export class JanusApi {
  readonly #url: string;

  /** @param url `http://127.0.0.1:8088/janus` */
  constructor(url: string) {
    this.#url = url;
  }

  /** @throws Error while it does not answer */
  async version(): Promise<string> {
    const { version_string } = await this.#call<{ version_string: string }>('/info');
    return version_string;
  }

  /**
   * Lets a plain-RTP participant into a room.
   * @param port where on loopback it wants its own track
   * @returns the port to which it is to send
   * @throws Error with what Janus answered instead
   */
  async join(room: number, port: number, payloadType: number): Promise<number> {
    const session = await this.#create('', { janus: 'create' });
    const path = `/${session}/${await this.#create(`/${session}`, {
      janus: 'attach',
      plugin: 'janus.plugin.audiobridge',
    })}`;
    const rtp = { ip: '127.0.0.1', port, payload_type: payloadType };
    await this.#call(path, { janus: 'message', body: { request: 'join', room, rtp } });
    // The session is this participant's own: the first event in it is the answer to its joining.
    const event = await this.#call<JoinedEvent>(`/${session}`);
    const remotePort = event.plugindata?.data.rtp?.port;
    if (remotePort === undefined)
      throw new Error(`Janus did not let a participant in: ${JSON.stringify(event)}`);
    return remotePort;
  }

  async #create(path: string, request: object): Promise<number> {
    const answer = await this.#call<{ data?: { id: number } }>(path, request);
    if (answer.data === undefined) throw new Error(`Janus answered ${JSON.stringify(answer)}`);
    return answer.data.id;
  }

  async #call<Answer>(path: string, request?: object): Promise<Answer> {
    const body = request && JSON.stringify({ ...request, transaction: 'bench' });
    const response = await fetch(this.#url + path, body === undefined ? {} : { method: 'POST', body });
    return (await response.json()) as Answer;
  }
}

interface JoinedEvent {
  readonly plugindata?: { readonly data: { readonly rtp?: { readonly port: number } } };
}

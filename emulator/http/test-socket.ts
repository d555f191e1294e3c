import { connect, type Socket } from 'node:net';

/** A bare TCP connection, for requests that no HTTP client would send. */
export class TestSocket {
  readonly #socket: Socket;
  #text = '';
  /** Resolves when the connection is over, whoever ended it. */
  readonly closed: Promise<void>;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.#text += text;
    });
    // A reset is one way to end.
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  static async open(port: number): Promise<TestSocket> {
    const socket = connect(port, '127.0.0.1');
    const opened = new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    const test = new TestSocket(socket);
    await opened;
    return test;
  }

  /** What came so far, one character per byte. */
  get received(): string {
    return this.#text;
  }

  send(text: string): void {
    this.#socket.write(text);
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

/** Sends one request and reads until the server closes. */
export async function rawRequest(port: number, text: string): Promise<string> {
  const socket = await TestSocket.open(port);
  socket.send(text);
  await socket.closed;
  return socket.received;
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Recorder {
  readonly port: number;
  /** Method, path and Authorization header of every request; the header is decoded. */
  readonly asked: { readonly request: string; readonly authorization: string }[];
  close(): Promise<void>;
}

/** An HTTP server on this machine that records what reaches it. @param answer by default, that a user and a password are needed */
export async function startRecorder(
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) =>
    void response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end(),
): Promise<Recorder> {
  const asked: Recorder['asked'] = [];
  const server = createServer((request, response) => {
    const { authorization = '' } = request.headers;
    const basic = /^Basic (.+)$/i.exec(authorization)?.[1];
    asked.push({
      request: `${request.method ?? ''} ${request.url ?? ''}`,
      authorization: basic === undefined ? authorization : Buffer.from(basic, 'base64').toString(),
    });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

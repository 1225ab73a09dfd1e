import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BlankSite {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves an empty page on a free loopback port: an origin of its own, with IndexedDB, without the app. */
export async function serveBlankSite(): Promise<BlankSite> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><link rel="icon" href="data:,"><title>blank</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

import type { LineTemplate } from '../templates';

/** What web servers write. */
export const WEB_LINES: readonly LineTemplate[] = [
  { level: 'info', weight: 70, text: '{client} "GET {route} HTTP/1.1" {okStatus} {bytes} {ms}ms "{agent}"' },
  { level: 'info', weight: 22, text: '{client} "POST {route} HTTP/1.1" 302 {bytes} {ms}ms "{agent}"' },
  { level: 'info', weight: 7, text: '{client} "GET {route} HTTP/1.1" 404 {bytes} {ms}ms "{agent}"' },
  { level: 'debug', weight: 7, text: 'session {id} renewed for user {user}' },
  { level: 'info', weight: 5, text: 'upstream keep-alive pool: {small} idle, {count} reused' },
  { level: 'warning', weight: 3, text: 'upstream {peer} answered slowly: {slowMs}ms for {route}' },
  { level: 'warning', weight: 2, text: 'client {client} closed connection while sending response' },
  { level: 'error', weight: 0.9, text: 'upstream {peer} timed out after {slowMs}ms, retried on next peer' },
  {
    level: 'info',
    weight: 6,
    text: '{req} accepted from {client}: GET {route}',
    as: 'flow',
    follow: [
      '{req} routed to {service} on {peer}',
      '{req} upstream answered 200 in {ms}ms',
      '{req} sent {bytes} bytes in {ms}ms',
    ],
  },
  { level: 'debug', weight: 3, text: 'static file {route} served from page cache, etag {id}' },
  { level: 'info', weight: 2, text: 'worker {pid} recycled after {count} requests' },
  { level: 'warning', weight: 1.2, text: 'request header too large from {client}: {bytes} bytes, closed' },
];

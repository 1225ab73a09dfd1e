import type { LineTemplate } from '../templates';

/** What edge servers write. */
export const EDGE_LINES: readonly LineTemplate[] = [
  { level: 'info', weight: 48, text: 'edge {city}: {client} GET {route} HIT {bytes}B ttfb={ms}ms' },
  { level: 'info', weight: 18, text: 'edge {city}: {client} GET {route} MISS {bytes}B ttfb={ms}ms origin={peer}' },
  { level: 'info', weight: 8, text: 'tls: handshake with {client} done, TLSv1.3 resumed' },
  { level: 'debug', weight: 7, text: 'purge of {small} objects for tag {id} done in {ms}ms' },
  { level: 'info', weight: 6, text: 'route table updated by bgp peer {peer}: {count} prefixes' },
  { level: 'warning', weight: 2.5, text: 'origin {peer} slow: ttfb {slowMs}ms for {route}, serving stale' },
  { level: 'warning', weight: 1.8, text: 'tls: handshake with {client} failed: unsupported version' },
  { level: 'error', weight: 0.8, text: 'origin {peer} unreachable for {slowMs}ms, failed over to shield' },
  { level: 'debug', weight: 5, text: 'edge {city}: object {id} revalidated with origin, 304 in {ms}ms' },
  { level: 'info', weight: 5, text: 'edge {city}: {client} range request {bytes}-{bytes} of {route} HIT' },
  { level: 'info', weight: 3, text: 'anycast health report to {region}: {percent}% of capacity used' },
  { level: 'info', weight: 2, text: 'bot rule {small} matched {client}, challenge passed' },
  { level: 'warning', weight: 1.5, text: 'edge {city}: client {client} sent malformed range header, ignored' },
];

import type { LineTemplate } from '../templates';

/** What API servers write. */
export const API_LINES: readonly LineTemplate[] = [
  { level: 'info', weight: 62, text: 'request {trace} GET {apiRoute} -> 200 in {ms}ms' },
  { level: 'info', weight: 28, text: 'request {trace} POST {apiRoute} -> 201 in {ms}ms user={user}' },
  { level: 'info', weight: 8, text: 'token issued for {user} scope=read,write ttl=3600 id={uuid}' },
  { level: 'debug', weight: 8, text: 'cache hit ratio {percent}% over {count} lookups' },
  { level: 'debug', weight: 6, text: 'gc: minor collection freed {megabytes} MB in {ms}ms' },
  { level: 'warning', weight: 3, text: 'request {trace} GET {apiRoute} -> 429 rate limit for {client}' },
  { level: 'warning', weight: 2.4, text: 'validation failed for {apiRoute}: field quantity out of range ({small})' },
  { level: 'error', weight: 0.9, text: 'request {trace} POST {apiRoute} -> 502 upstream {peer} reset, retrying' },
  {
    level: 'info',
    weight: 12,
    text: '{req} start POST {apiRoute} user={user}',
    as: 'flow',
    follow: [
      '{req} authorised by {service}, scope=write',
      '{req} sql on {table} took {ms}ms, {small} rows',
      '{req} event published to {topic}',
      '{req} done 201 in {ms}ms',
    ],
  },
  {
    level: 'error',
    weight: 0.8,
    text: 'unhandled exception in {service}, request {req} answered 500',
    as: 'block',
    follow: [
      'java.util.concurrent.TimeoutException: no answer from {peer} within {slowMs}ms',
      '\tat com.shop.client.HttpClient.await(HttpClient.java:214)',
      '\tat com.shop.client.HttpClient.call(HttpClient.java:97)',
      '\tat com.shop.api.Dispatcher.handle(Dispatcher.java:341)',
      '\tat java.base/java.lang.Thread.run(Thread.java:840)',
      'Caused by: java.net.SocketTimeoutException: Read timed out',
      '\t... {small} more',
    ],
  },
  { level: 'debug', weight: 4, text: 'connection pool {service}: {small} active, {small} idle, waited {ms}ms' },
  { level: 'info', weight: 3, text: 'circuit breaker {service} closed after {count} successes' },
];

import type { LineTemplate } from '../templates';

/** What queue workers write. */
export const QUEUE_LINES: readonly LineTemplate[] = [
  { level: 'info', weight: 40, text: 'message {uuid} from {topic} handled in {ms}ms' },
  { level: 'info', weight: 16, text: 'consumer worker-{small} joined group {topic}, {small} partitions assigned' },
  { level: 'info', weight: 14, text: 'offset commit {topic}/{small} at {count}' },
  { level: 'debug', weight: 10, text: 'prefetch window for {topic} set to {count}' },
  { level: 'info', weight: 8, text: 'segment {count} of {topic} rolled, {megabytes} MB' },
  { level: 'warning', weight: 3, text: 'message {uuid} from {topic} retried: attempt {small}' },
  { level: 'warning', weight: 2, text: 'consumer lag on {topic}/{small}: {count} messages' },
  { level: 'error', weight: 1.7, text: 'message {uuid} moved to dead-letter queue {topic}.dlq' },
  {
    level: 'info',
    weight: 5,
    text: '{req} received from {topic}/{small}',
    as: 'flow',
    follow: ['{req} handler {service} started', '{req} handler {service} finished in {ms}ms', '{req} acknowledged'],
  },
  {
    level: 'warning',
    weight: 1,
    text: 'handler {service} failed for message {uuid}, will retry',
    as: 'block',
    follow: [
      'Traceback (most recent call last):',
      '  File "/srv/worker/handlers/base.py", line 118, in handle',
      '    return self.deliver(message, timeout=5)',
      '  File "/srv/worker/transport.py", line 402, in deliver',
      '    raise TransportError(f"no answer from {peer}")',
      'worker.errors.TransportError: no answer from {peer}',
    ],
  },
  { level: 'debug', weight: 6, text: 'heartbeat to coordinator {peer} answered in {ms}ms' },
  { level: 'info', weight: 3, text: 'partition {topic}/{small} leader is {peer}, epoch {count}' },
];

import type { LineTemplate } from '../templates';

/** What every server writes now and then. */
export const COMMON_LINES: readonly LineTemplate[] = [
  { level: 'info', weight: 5, text: 'systemd[1]: Started {unit}.service' },
  { level: 'info', weight: 4, text: 'systemd[1]: {unit}.service: Deactivated successfully' },
  { level: 'info', weight: 5, text: 'CRON[{pid}]: ({user}) CMD (/usr/lib/sysstat/sa1 1 1)' },
  { level: 'info', weight: 4, text: 'sshd[{pid}]: Accepted publickey for {user} from {peer} port {port} ssh2' },
  { level: 'info', weight: 4, text: 'sshd[{pid}]: Disconnected from user {user} {peer} port {port}' },
  { level: 'info', weight: 6, text: 'health check /healthz from {peer} ok in {ms}ms' },
  { level: 'debug', weight: 4, text: 'metrics exporter scraped by {peer}: {count} series in {ms}ms' },
  { level: 'info', weight: 2, text: 'chronyd[{pid}]: Selected source {peer} (ntp-{city})' },
  {
    level: 'warning',
    weight: 1.5,
    text: 'kernel: TCP: request_sock_TCP: retransmitting SYN-ACK to {peer} port {port}',
  },
  { level: 'warning', weight: 1.2, text: 'certificate for {host}.example.net expires in {day} days' },
  { level: 'info', weight: 1.5, text: 'dhclient[{pid}]: bound to {peer} -- renewal in {count} seconds' },
  { level: 'info', weight: 1.2, text: 'config reloaded from /etc/agent/agent.yaml: {small} changes' },
  {
    level: 'error',
    weight: 0.8,
    text: 'sshd[{pid}]: error: maximum authentication attempts exceeded for {user} from {peer}',
  },
  { level: 'debug', weight: 3, text: 'agent: queue flushed, {small} batches sent in {ms}ms' },
  { level: 'info', weight: 2, text: 'systemd-resolved[{pid}]: cache statistics: {count} hits, {small} misses' },
  { level: 'info', weight: 1.5, text: 'node-exporter: disk /dev/nvme0n1p1 {percent}% used' },
  { level: 'debug', weight: 1.5, text: 'feature flags refreshed from control plane {region}: {small} changes' },
];

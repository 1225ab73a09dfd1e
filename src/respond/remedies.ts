import type { Cause } from '../domain/alerts';

const REMEDIES: Readonly<Record<Cause, readonly string[]>> = {
  ddos: [
    'Keep the device quarantined while the flood goes on.',
    'Rate-limit or block the largest source networks at the edge or load balancer.',
    'Turn on SYN cookies and shorten connection timeouts.',
    'Ask the provider for upstream scrubbing if the link itself is full.',
  ],
  'memory-leak': [
    'Take a heap dump or a process memory map before anything is restarted.',
    'Restart the growing process; roll back the last release if it came with one.',
    'Compare two dumps taken some minutes apart to find what grows.',
    'Set a memory limit, so that one process cannot starve the device.',
  ],
  'cpu-spike': [
    'List the processes by processor time and look for unknown names and owners.',
    'Check outgoing connections for mining pools; block them and isolate the device if there are any.',
    'Stop the process, then look for what starts it: cron, systemd units, containers.',
    'If the process is your own, profile it or add capacity.',
  ],
  'disk-failure': [
    'Check SMART values and the kernel log for read and write errors.',
    'Move writes to a healthy volume and take a backup now.',
    'Find what reads or writes most (iotop) if the disk itself is healthy.',
    'Replace the disk or detach the volume; check the file system before it is used again.',
  ],
  'log-error': [
    'Read the lines before the first error: the cause usually stands there.',
    'Look for a release or a configuration change at that time.',
    'Check whether other devices of the same role log it too.',
  ],
  unknown: [
    'Look at the metrics with the largest shares around the time of the peak.',
    'Look for a planned change, a backup or a release at that time.',
    'If it was harmless, acknowledge the alert.',
  ],
};

/** Three or four short steps for a cause: suggestions, nothing that was measured. */
export function suggestRemedy(cause: Cause): readonly string[] {
  return REMEDIES[cause];
}

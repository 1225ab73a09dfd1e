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
    'If the process is your own, profile it, limit it or add capacity.',
  ],
  'crypto-mining': [
    'Isolate the device: whoever runs a miner can run anything else on it.',
    'Keep the process image and its connections as evidence, then stop the process.',
    'Look for what starts it again: cron, systemd units, containers, stolen keys.',
    'Find the way in, rotate all credentials of the device and rebuild it from a clean image.',
  ],
  'disk-failure': [
    'Check SMART values and the kernel log for read and write errors.',
    'Move writes to a healthy volume and take a backup now.',
    'Find what reads or writes most (iotop) if the disk itself is healthy.',
    'Replace the disk or detach the volume; check the file system before it is used again.',
  ],
  'disk-full': [
    'Find the largest directories (du, ncdu) and deleted files that are still held open (lsof +L1).',
    'Rotate or delete old logs and temporary files, then restart what failed to write.',
    'Grow the volume if the data is wanted.',
    'Alert on free space and inodes well before they run out.',
  ],
  'disk-thrashing': [
    'Find who reads and writes most (iotop, pidstat -d).',
    'Move backups, compactions and batch jobs apart in time, or limit their rate.',
    'Check whether the working set still fits into memory: swapping looks the same.',
    'Move the load to a faster volume if it is wanted.',
  ],
  ransomware: [
    'Cut the device and its shares off from the network at once; do not switch it off.',
    'Stop the process that renames files and keep its image as evidence.',
    'Disconnect backups and check that the latest one is intact.',
    'Restore from before the first renamed file, and rotate all credentials.',
  ],
  'network-partition': [
    'Check link, switch port, routes and security groups of the device.',
    'Try its peers from both sides (ping, traceroute) to find where it is cut.',
    'Make sure that only one side of a cluster accepts writes before they join again.',
  ],
  'packet-loss': [
    'Look at interface errors and drops (ip -s link, ethtool -S) and replace the cable or port.',
    'Follow the path with mtr to find where packets are lost.',
    'Take traffic off the link, or move the device to another one.',
  ],
  'dns-failure': [
    'Ask the resolver directly (dig) and check that it is up and reachable on port 53.',
    'Switch to another resolver, or restart the local cache.',
    'Look for a change of zones, search domains or firewall rules at that time.',
  ],
  'connection-pool': [
    'Look for slow or idle transactions that hold connections, and end them.',
    'Find code paths that do not give a connection back.',
    'Size the pools of all clients together below what the server allows.',
  ],
  'cascading-failure': [
    'Shed load or rate-limit at the entrance before restarting anything.',
    'Switch off retries, or give them budgets and jitter.',
    'Bring devices back one after the other, with capacity in reserve.',
  ],
  'noisy-neighbour': [
    'Compare steal time across the devices of the region.',
    'Move the device to another host: stop and start it, or drain the node.',
    'Use dedicated or larger instances where this comes again.',
  ],
  'bad-deploy': [
    'Roll the release back, or switch the new feature off.',
    'Compare the first stack trace with what the release changed.',
    'Stop the rollout to further devices.',
  ],
  'crash-loop': [
    'Stop the restarts for long enough to keep a core dump or the last log lines.',
    'Look at what changed before the first crash: release, configuration, data.',
    'Roll back; limit the restart rate so that it does not harm its peers.',
  ],
  'log-storm': [
    'Find the line that repeats and what it waits for: a broker, a lock, a retry without a pause.',
    'Lower the log level or the rate at the source before the disk fills.',
    'Give the retry a back-off.',
  ],
  'credential-stuffing': [
    'Rate-limit log-ins by address and account, and add a challenge.',
    'Block the source networks that fail most.',
    'Lock the accounts that did sign in meanwhile, end their sessions and have passwords changed.',
    'Require a second factor.',
  ],
  'data-exfiltration': [
    'Block the destination at the egress firewall; keep flow logs as evidence.',
    'Find the process and the account behind the sessions, and revoke its credentials.',
    'List what it read: tables, buckets, files.',
    'Allow outgoing connections only to known destinations.',
  ],
  'clock-skew': [
    'Check the time service (chronyc tracking, timedatectl) and its sources.',
    'Step the clock, then restart what holds tokens, leases or certificates.',
    "Do not trust the order of this device's lines until then.",
  ],
  'flat-line': [
    'Restart the metrics agent: the values shown are old, the device may be fine or not.',
    'Check the device by another way before trusting any of its figures.',
    'Watch the age of samples, not only their values.',
  ],
  'level-shift': [
    'Compare with a week ago at the same hour, and find what changed when the level began to move.',
    'Look for a release, a growing data set or a cache that no longer fits.',
    'If the new level is meant to be, acknowledge the alert: it becomes normal within minutes.',
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

import type { Cause } from '../../../domain/alerts';

/** What each cause means, for whoever meets it for the first time. Said of what the evidence looks like: an anomaly is no proof. */
const WORDS: Readonly<Record<Cause, string>> = {
  ddos: 'Looks like a flood: far more network traffic than usual, often from many senders, so that real requests may no longer get through.',
  'memory-leak':
    'Looks like a memory leak: a program takes memory and does not give it back, until there is none left and it is killed.',
  'cpu-spike': 'The processor is much busier than usual. A heavy job does that, and so does a program that runs wild.',
  'crypto-mining':
    'Looks like somebody else uses the processor to earn cryptocurrency: it stays busy, but not with the work of this device.',
  'disk-failure': 'Looks like a disk that fails, or that cannot keep up: reads and writes are slow or end in errors.',
  'disk-full': 'Looks like a disk that fills up. Once it is full, nothing can be written any more.',
  'disk-thrashing': 'The disk is busy without end, often because memory is short and is moved to disk and back.',
  ransomware:
    'Looks like ransomware: files are read, encrypted and written again, which keeps disk and processor busy at once.',
  'network-partition': 'Looks like the device is cut off: it reaches none, or few, of those that it talks to.',
  'packet-loss': 'Looks like a bad network: packets get lost or come late, so that requests are repeated and time out.',
  'dns-failure':
    'Names cannot be turned into addresses, so that the device does not find the services that it depends on.',
  'connection-pool': 'Looks like all connections to a service are in use: new requests wait for one, and give up.',
  'cascading-failure':
    'Trouble spreads: one device fails, others take over its load, and are overloaded in their turn.',
  'noisy-neighbour':
    'Looks like another tenant of the same machine takes its share: this device gets less, by no fault of its own.',
  'bad-deploy': 'Errors began in a burst, as after a release that went wrong.',
  'crash-loop': 'A program crashes, perhaps again and again as it is restarted.',
  'log-storm': 'Far more log lines than usual: something repeats itself, and the lines that matter drown.',
  'credential-stuffing':
    'Looks like somebody tries out stolen passwords: many logins fail, from many addresses or for many accounts.',
  'data-exfiltration': 'Looks like data that leaves the device slowly, to stay below what would be noticed.',
  'clock-skew': 'The clock of the device is wrong, so that certificates, logins and the order of events can fail.',
  'flat-line':
    'A metric that always moves stands still: its sensor or its agent is stuck, and the real value is unknown.',
  'level-shift':
    'A metric has moved slowly to another level than the rest of the device lets expect: too slowly for a jump to be seen.',
  'log-error': 'A log line of a bad level that is rare here.',
  unknown:
    'Unusual, and like none of the known causes. An anomaly is not automatically bad: look at what was seen, and judge.',
};

/** A sentence or two on what a cause means. */
export function explainCause(cause: Cause): string {
  return WORDS[cause];
}

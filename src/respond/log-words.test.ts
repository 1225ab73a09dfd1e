import { describe, expect, it } from 'vitest';
import { findLogWords } from './log-words';
import { logLine } from './testing';

const causesOf = (...messages: string[]): string[] => [...findLogWords(messages.map((m) => logLine(m))).keys()];

describe('findLogWords', () => {
  it.each([
    ['kernel: TCP: request_sock_TCP: Possible SYN flooding on port 443. Sending cookies.', 'ddos'],
    ['nf_conntrack: table full, dropping packet', 'ddos'],
    ['java.lang.OutOfMemoryError: Java heap space', 'memory-leak'],
    ['Out of memory: Killed process 4242 (java)', 'memory-leak'],
    ['oom-kill:constraint=CONSTRAINT_NONE', 'memory-leak'],
    ['exe=/tmp/.x/xmrig threads=8', 'cpu-spike'],
    ['connect stratum+tcp://pool.example.org:3333', 'cpu-spike'],
    ['Buffer I/O error on dev sda1, logical block 1234', 'disk-failure'],
    ['EXT4-fs error (device sda1): ext4_find_entry', 'disk-failure'],
    ['SMART Prefailure Attribute: 5 Reallocated_Sector_Ct changed', 'disk-failure'],
    ['nvme nvme0: I/O 12 QID 3 timeout, aborting', 'disk-failure'],
    ['segfault at 0 ip 00007f', 'log-error'],
  ])('reads "%s" as %s', (message, cause) => {
    expect(causesOf(message)).toEqual([cause]);
  });

  it('reads nothing into ordinary lines, NTP strata and smart devices included', () => {
    expect(
      causesOf('GET /cart 200 12 ms', 'chronyd: selected source, stratum 2', 'smart lamp joined', 'room 12 booked'),
    ).toEqual([]);
  });

  it('counts lines, not wordings, and names each wording once', () => {
    const found = findLogWords([logLine('SYN flood, syn_cookies sent'), logLine('SYN flood again')]).get('ddos');
    expect(found).toEqual({ names: ['SYN flood', 'SYN cookies'], lines: 2 });
  });

  it('searches only the head of a line', () => {
    expect(causesOf(`${'x'.repeat(5000)} SYN flood`)).toEqual([]);
  });
});

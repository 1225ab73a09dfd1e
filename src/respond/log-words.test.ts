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
    ['exe=/tmp/.x/xmrig threads=8', 'crypto-mining'],
    ['connect stratum+tcp://pool.example.org:3333', 'crypto-mining'],
    ['watchdog: BUG: soft lockup - CPU#3 stuck for 22s! [java:991]', 'cpu-spike'],
    ['load average: 24.10, 19.31, 12.02', 'cpu-spike'],
    ['could not write to file "pg_wal/xlogtemp.1": No space left on device', 'disk-full'],
    ['Filesystem /var is 97% full', 'disk-full'],
    ['etcd: slow fdatasync; wal: sync duration of 2.1s, fsync took too long', 'disk-thrashing'],
    ['INFO: task jbd2/sda1-8:221 blocked for more than 120 seconds.', 'disk-thrashing'],
    ['vssadmin delete shadows /all /quiet', 'ransomware'],
    ['created C:/Users/Public/HOW_TO_DECRYPT.html', 'ransomware'],
    ['dial tcp 10.0.0.7:2380: connect: no route to host', 'network-partition'],
    ['raft: 8e9e05c52164694d lost leader 91bc3c398fb3c146, starting election', 'network-partition'],
    ['TCPLossProbe: 3 segments retransmitted, 12 duplicate acks', 'packet-loss'],
    ['rpc error: code = DeadlineExceeded desc = context deadline exceeded', 'packet-loss'],
    ['getaddrinfo ENOTFOUND db.internal', 'dns-failure'],
    ['Temporary failure in name resolution', 'dns-failure'],
    ['FATAL: sorry, too many clients already', 'connection-pool'],
    ['QueuePool limit of size 5 overflow 10 reached, connection pool timed out', 'connection-pool'],
    ['CircuitBreaker orders is OPEN and does not permit further calls', 'cascading-failure'],
    ['upstream connect error: no healthy upstream', 'cascading-failure'],
    ['%Cpu(s): 20.1 us, st=31.5 steal time', 'noisy-neighbour'],
    ['CPU credits exhausted, instance runs at baseline', 'noisy-neighbour'],
    ['"GET /cart HTTP/1.1" 502 157', 'bad-deploy'],
    ['Traceback (most recent call last):', 'bad-deploy'],
    ['Back-off restarting failed container, CrashLoopBackOff', 'crash-loop'],
    ['net_ratelimit: 812 callbacks suppressed', 'log-storm'],
    ['sshd[811]: Failed password for root from 203.0.113.7 port 4242 ssh2', 'credential-stuffing'],
    ['pam_unix(sshd:auth): authentication failure; rhost=203.0.113.7', 'credential-stuffing'],
    ['unusual outbound transfer of 4 GB to 198.51.100.3', 'data-exfiltration'],
    ['chronyd: System clock wrong by 41.2 seconds', 'clock-skew'],
    ['x509: certificate has expired or is not yet valid', 'clock-skew'],
    ['SLO burn: latency of /checkout above objective', 'level-shift'],
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
      causesOf(
        'GET /cart 200 12 ms',
        'chronyd: selected source, stratum 2',
        'smart lamp joined',
        'room 12 booked',
        'user 4212 logged in',
        'disk 45% used',
        'cache hit ratio 97%',
        'connection to 10.0.0.3 closed after 500 ms',
        'order 5031 shipped',
      ),
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

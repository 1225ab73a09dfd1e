import { describe, expect, it } from 'vitest';
import { CANONICAL_METRICS } from '../domain/catalog';
import { guessRole, splitWords } from './roles';

const roleOf = (key: string, unit = ''): string => guessRole({ key, label: key, unit }).role;

describe('guessRole', () => {
  it('knows the canonical metrics', () => {
    expect(CANONICAL_METRICS.map((metric) => guessRole(metric).role)).toEqual(['cpu', 'memory', 'disk', 'network']);
  });

  it.each([
    ['CPUUtilization', 'cpu'],
    ['load_1', 'cpu'],
    ['system.cpu.user', 'cpu'],
    ['node_load15', 'cpu'],
    ['mem_u', 'memory'],
    ['jvm_heap_used', 'memory'],
    ['process_rss', 'memory'],
    ['SwapUsage', 'memory'],
    ['memory_requests', 'memory'],
    ['DiskReadBytes', 'disk'],
    ['nvme0n1_util', 'disk'],
    ['VolumeQueueLength', 'disk'],
    ['write_latency', 'disk'],
    ['cpu_iowait', 'disk'],
    ['NetworkIn', 'network'],
    ['eth1_fi', 'network'],
    ['bytes_in', 'network'],
    ['tcp_timeouts', 'network'],
    ['elb_request_count', 'network'],
    ['network_io', 'network'],
    ['m07', 'unknown'],
    ['value', 'unknown'],
    ['payload_size', 'unknown'],
    ['downloads', 'unknown'],
    ['members', 'unknown'],
  ])('takes %s for %s', (key, role) => {
    expect(roleOf(key)).toBe(role);
  });

  it('asks the label when the key says nothing, and the unit last', () => {
    expect(guessRole({ key: 'm1', label: 'Heap used', unit: 'GB' }).role).toBe('memory');
    expect(roleOf('m1', 'Mbit/s')).toBe('network');
    expect(roleOf('m1', 'IOPS')).toBe('disk');
    expect(roleOf('m1', '%')).toBe('unknown');
  });

  it('turns metrics that count what is left', () => {
    expect(guessRole({ key: 'cpu_idle', label: '', unit: '%' })).toEqual({ role: 'cpu', polarity: -1 });
    expect(guessRole({ key: 'node_memory_MemAvailable_bytes', label: '', unit: 'B' })).toEqual({
      role: 'memory',
      polarity: -1,
    });
    expect(guessRole({ key: 'FreeableMemory', label: '', unit: 'B' })).toEqual({ role: 'memory', polarity: -1 });
    expect(guessRole({ key: 'mem_used', label: '', unit: 'B' }).polarity).toBe(1);
  });

  it('is not slowed by a name of a megabyte', () => {
    expect(splitWords('aA'.repeat(500_000)).join('').length).toBeLessThanOrEqual(200);
  });
});

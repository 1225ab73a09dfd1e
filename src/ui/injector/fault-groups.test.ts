import { describe, expect, it } from 'vitest';
import { FAULT_SPECS } from '../../sim/faults/registry';
import { groupFaults, searchFaults } from './fault-groups';

describe('the faults in the picker', () => {
  it('stand under a heading each, every one once, none under "Other"', () => {
    const groups = groupFaults(FAULT_SPECS);
    const listed = groups.flatMap(({ faults }) => faults.map(({ id }) => id));
    expect([...listed].sort()).toEqual(FAULT_SPECS.map(({ id }) => id).sort());
    expect(groups.map(({ label }) => label)).not.toContain('Other');
  });

  it('show one that is not known here under "Other", and no empty heading', () => {
    const unknown = { ...FAULT_SPECS[0], id: 'meteor' };
    expect(groupFaults([unknown])).toEqual([{ label: 'Other', faults: [unknown] }]);
  });

  it('are found by any word of what they are and do', () => {
    expect(searchFaults(FAULT_SPECS, 'Disk full').map(({ id }) => id)).toEqual(['disk-full']);
    expect(searchFaults(FAULT_SPECS, 'status 500').map(({ id }) => id)).toContain('bad-deploy');
    expect(searchFaults(FAULT_SPECS, '  ')).toHaveLength(FAULT_SPECS.length);
    expect(searchFaults(FAULT_SPECS, 'zzz')).toEqual([]);
  });
});

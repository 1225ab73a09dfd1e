import { epochToMs } from '../time';
import type { LineFormat } from '../types';
import { shareOf } from './match-share';

/** Record number, node, component, state, seconds since 1970, flag, message. */
const LINE = /^(\d{1,12}) (\S{1,120}) (\S{1,80}) (\S{1,120}) (\d{9,10}) (-?\d{1,4}) (.*)$/s;

/** Los Alamos HPC cluster log. It states no level. */
export const hpc: LineFormat = {
  id: 'hpc',
  label: 'HPC cluster log (LANL)',
  kind: 'lines',
  statesZone: true,
  example: '134681 node-246 unix.hw state_change.unavailable 1077804742 1 Component State Change: alt0 is unavailable',
  extensions: ['log'],
  sniff: (lines) => 0.99 * shareOf(lines, (line) => LINE.test(line)),
  readLine(line) {
    const match = LINE.exec(line);
    if (!match) return undefined;
    const [, , node, component, state, seconds, , message] = match;
    return {
      t: epochToMs(Number(seconds)),
      device: node,
      level: 'unknown',
      message: `${component} ${state} ${message}`.trim(),
    };
  },
};

import { eventParams, type NormalEvent } from './contract';

/** Seconds of a device's turn: drained, stopped, started, warm. */
const DRAINED_S = 6;
const STARTED_S = 14;
const COLD_S = 45;

/** A new release, rolled out over a role: each server is drained, restarted, and works with cold caches for a while. */
export const deployment: NormalEvent = {
  spec: {
    id: 'deployment',
    label: 'Deployment',
    description: 'A new release is rolled out, one server after the other.',
    signature:
      'One server after the other loses its traffic, memory falls, then CPU and disk are high for half a minute; its CPU need differs by a few per cent afterwards. Peers carry its load meanwhile. Log lines of the roll-out.',
    params: eventParams(600),
  },
  turnS: 75,
  apply(effect, { elapsedS, turnS, intensity }) {
    // A roll-out in a hurry is the same in less time.
    const at = elapsedS * Math.max(1, 75 / turnS);
    if (at < STARTED_S) effect.serve = 0;
    if (at >= DRAINED_S && at < STARTED_S) {
      effect.memory = -16 * intensity;
      effect.lines = 0;
    }
    if (at >= STARTED_S && at < STARTED_S + COLD_S) {
      const cold = 1 - (at - STARTED_S) / COLD_S;
      effect.cpu = 22 * intensity * cold;
      effect.memory = -10 * intensity * cold;
      effect.diskFactor = 1 + 3 * intensity * cold;
    }
    // The first second at or after the start, whatever the pace.
    if (at >= STARTED_S && at - Math.max(1, 75 / turnS) < STARTED_S) effect.restart = 2;
  },
  lines: [
    { level: 'info', text: 'deploy: release {release} to {host}: draining connections', when: { atS: 0 } },
    { level: 'info', text: 'deploy: stopping service, {small} requests in flight', when: { atS: 5 } },
    { level: 'info', text: 'service stopped with signal SIGTERM, exit code 0', when: { atS: 7 } },
    { level: 'info', text: 'service starting: release {release}, build {id}', when: { atS: 14 } },
    { level: 'info', text: 'configuration loaded: {count} keys, profile production', when: { atS: 15 } },
    { level: 'warning', text: 'cache is cold: hit ratio {percent}% in the last 10 s', when: { atS: 18 } },
    { level: 'info', text: 'readiness probe ok after {seconds}s, taking traffic', when: { atS: 20 } },
    { level: 'info', text: 'deploy: release {release} on {host} is healthy', when: { atS: 60 } },
  ],
};
